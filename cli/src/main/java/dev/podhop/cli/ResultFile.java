package dev.podhop.cli;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.reports.json.MissionJson;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.run.mission.Mission;
import dev.podhop.run.mission.MissionResult;
import dev.podhop.run.result.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that a student hands in: it notes hints, and keeps the solution. */
record ResultFile(Path path) {

    /**
     * What it says of a mission; the start of one where there is no such file.
     *
     * @throws UsageException where it is another mission's, or was edited
     * @throws BadInput where it cannot be read
     */
    MissionResult readFor(Mission mission) {
        if (!Files.exists(path)) {
            return MissionResult.start(mission, "");
        }
        Problems problems = new Problems();
        List<Mapping> documents = YamlReader.read(path, problems);
        if (problems.isEmpty() && !MissionResult.isOne(documents)) {
            throw new UsageException("found " + path + ", which is no result of a mission: expected"
                    + " one, or no file there yet");
        }
        MissionResult read = problems.isEmpty()
                ? MissionResult.read(documents.getFirst(), problems).orElse(null)
                : null;
        if (read == null) {
            throw new BadInput(problems.all());
        }
        if (!read.mission().equals(mission.name())) {
            throw new UsageException("found in " + path + " a result of mission " + read.mission()
                    + ", expected one of " + mission.name());
        }
        if (!read.isSealed() || !read.edition().equals(mission.edition())) {
            throw new UsageException("found " + path + " edited, or of another edition of mission "
                    + mission.name() + ": begin anew with another file");
        }
        return read;
    }

    void write(MissionResult result) {
        try {
            NewFiles.write(path, MissionJson.result(result));
        } catch (IOException refused) {
            throw new UsageException("cannot write " + path + ": " + NewFiles.why(refused));
        }
    }
}

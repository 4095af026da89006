package dev.podhop.scenario.load;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.k8s.source.YamlWriter;
import java.nio.file.Path;
import java.util.List;

/** A file with settings laid over it, as a text that can be saved. */
public final class EditedFile {

    private EditedFile() {}

    /**
     * The file's own documents with the settings in place; files that it names stay named. A
     * setting that meets nothing in them is a problem.
     */
    public static String text(Path file, Overrides overrides, Problems problems) {
        List<Mapping> documents = YamlReader.read(file, problems);
        return YamlWriter.write(overrides.apply(documents, problems));
    }
}

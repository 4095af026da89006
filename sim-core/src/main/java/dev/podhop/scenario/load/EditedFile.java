package dev.podhop.scenario.load;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with settings laid over it, as a text that can be saved anywhere: what the file takes from
 * others stands in it, for their names are relative to where it was.
 */
public final class EditedFile {

    private static final String SPEC = "spec";
    private static final String TIMELINE = "timeline";
    private static final String APPLY = "apply";

    private final FileTree files;

    private EditedFile(FileTree files) {
        this.files = files;
    }

    /**
     * The documents of the file and of its resources, with the settings in place. A setting that
     * meets nothing in them is a problem.
     */
    public static String text(Path file, Overrides overrides, Problems problems) {
        FileTree files = new FileTree(problems);
        EditedFile edited = new EditedFile(files);
        List<Mapping> documents = overrides.apply(files.read(file), problems);
        return YamlWriter.write(documents.stream().map(document -> FileTree.isScenario(document)
                && document.get(SPEC) instanceof Mapping spec
                        ? document.with(SPEC, edited.whole(spec))
                        : document)
                .toList());
    }

    private Mapping whole(Mapping spec) {
        Mapping own = spec.without("resources");
        return own.get(TIMELINE) instanceof Sequence timeline
                ? own.with(TIMELINE, new Sequence(timeline.location(),
                        timeline.items().stream().map(this::applied).toList()))
                : own;
    }

    /** An event that applies a file's manifests has them itself. */
    private YamlNode applied(YamlNode event) {
        if (!(event instanceof Mapping mapping) || mapping.get(APPLY) == null) {
            return event;
        }
        YamlNode what = mapping.get(APPLY);
        List<YamlNode> manifests = new ArrayList<>();
        for (YamlNode each : what instanceof Sequence list ? list.items() : List.of(what)) {
            if (each instanceof Scalar name) {
                manifests.addAll(files.manifests(name, FieldPath.of(SPEC, TIMELINE, APPLY)));
            } else {
                manifests.add(each);
            }
        }
        return mapping.with(APPLY, new Sequence(what.location(), manifests));
    }
}

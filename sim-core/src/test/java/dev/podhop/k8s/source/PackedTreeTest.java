package dev.podhop.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A packed tree says what the tree says, to the letter, the kind and the column. */
class PackedTreeTest {

    private static final Path FILES = Path.of("src/test/resources");
    private static final List<String> TEXTS = List.of("", "apiVersion", "true", "~", "a b", "é",
            "\uD83D\uDE00", "\uD800 alone", "x".repeat(300), "\u0000", "80", "猫");

    @ParameterizedTest
    @MethodSource("files")
    void ofEveryFileThatTheTestsHave(Path file) throws IOException {
        for (SourceText.Chunk chunk : SourceText.split(Files.readString(file))) {
            YamlDocuments documents = new YamlDocuments(file.toString(), chunk, new Problems());
            for (YamlNode node = documents.next(); node != null; node = documents.next()) {
                if (node instanceof Mapping mapping) {
                    holds(mapping);
                }
            }
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FILES)) {
            return all.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @Test
    void ofTreesThatNobodyWrites() {
        for (int seed = 0; seed < 2_000; seed++) {
            holds(new Drawing(seed).mapping(0));
        }
    }

    @Test
    void aPodTakesSomeHundredBytes() {
        Mapping pod = YamlReader.read("cluster.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: app-1997-0, labels: {app: app-1997}}
                spec:
                  nodeName: node-997
                  containers: [{name: web, image: example/web, ports: [{containerPort: 8080}]}]
                status:
                  phase: Running
                  podIP: 10.128.3.17
                  conditions: [{type: Ready, status: "True"}]
                """, new Problems()).getFirst();
        assertThat(PackedTree.of(pod).size()).isLessThanOrEqualTo(256);
    }

    private static void holds(Mapping tree) {
        SourceTree packed = SourceTree.of(tree).pack();
        assertThat(packed.mapping()).isEqualTo(tree);
        assertThat(packed.location()).isEqualTo(tree.location());
        assertThat(packed).isEqualTo(SourceTree.of(tree)).hasSameHashCodeAs(SourceTree.of(tree));
    }

    /** Any tree at all: lines run back, files change, columns are none. */
    private static final class Drawing {
        private final Random random;

        Drawing(int seed) {
            this.random = new Random(seed);
        }

        Mapping mapping(int depth) {
            List<Entry> entries = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.add(new Entry(text(), where(), node(depth + 1)));
            }
            return new Mapping(where(), entries);
        }

        private YamlNode node(int depth) {
            return switch (random.nextInt(depth > 5 ? 1 : 3)) {
                case 0 -> new Scalar(where(), text(),
                        Scalar.Kind.values()[random.nextInt(Scalar.Kind.values().length)],
                        random.nextBoolean());
                case 1 -> mapping(depth);
                default -> new Sequence(where(),
                        Stream.generate(() -> node(depth + 1)).limit(random.nextInt(3)).toList());
            };
        }

        private String text() {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }

        private Location where() {
            return new Location(random.nextInt(5) == 0 ? text() : "f.yaml",
                    random.nextInt(9) == 0 ? random.nextInt() : random.nextInt(100),
                    random.nextInt(9) == 0 ? random.nextInt() : random.nextInt(80));
        }
    }
}

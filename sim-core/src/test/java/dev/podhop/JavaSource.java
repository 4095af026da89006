package dev.podhop;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * One Java file of the repository.
 *
 * @param path relative to the repository's root
 */
record JavaSource(Path path, List<String> lines) {

    /**
     * A method or constructor with a body.
     *
     * @param lines from its first annotation or modifier to its closing brace
     */
    record Method(String name, int lines) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** All Java files below the modules' {@code src} directories, in the order of their paths. */
    static List<JavaSource> allUnder(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src")).filter(Files::isDirectory)
                    .flatMap(JavaSource::javaFiles).sorted()
                    .map(file -> new JavaSource(root.relativize(file), read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isMain() {
        return path.getName(2).endsWith("main");
    }

    /** As a reader of a failed test finds it. */
    @Override
    public String toString() {
        return path.toString();
    }

    /** The methods of all the files, as the compiler's parser sees them. */
    static List<Method> methods(Path root, List<JavaSource> files) throws IOException {
        List<Method> methods = new ArrayList<>();
        parse(root, files, (task, unit) -> new Collector(
                Trees.instance(task).getSourcePositions(), methods).scan(unit, unit));
        return methods;
    }

    /** The methods that none of the files calls: {@code Edge.java: route/2}. */
    static List<String> uncalled(Path root, List<JavaSource> files) throws IOException {
        Mentions mentions = new Mentions();
        parse(root, files, (task, unit) -> mentions.add(unit));
        return mentions.uncalled();
    }

    private static void parse(Path root, List<JavaSource> files,
            BiConsumer<JavacTask, CompilationUnitTree> reader) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(
                    files.stream().map(file -> root.resolve(file.path())).toList());
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
            task.parse().forEach(unit -> reader.accept(task, unit));
        }
    }

    private static final class Collector extends TreePathScanner<Void, CompilationUnitTree> {

        private final SourcePositions positions;
        private final List<Method> methods;

        Collector(SourcePositions positions, List<Method> methods) {
            this.positions = positions;
            this.methods = methods;
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            if (method.getBody() != null) {
                long first = line(unit, positions.getStartPosition(unit, method));
                long last = line(unit, positions.getEndPosition(unit, method));
                String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
                methods.add(new Method(file + ":" + first + " " + method.getName(),
                        (int) (last - first + 1)));
            }
            return super.visitMethod(method, unit);
        }

        private static long line(CompilationUnitTree unit, long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}

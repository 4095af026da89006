package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** All of Podhop's command line, compiled from its sources with some of them changed. */
final class ChangedPodhop {

    /** The repository's. */
    static final Path ROOT = root();

    private static final List<String> MODULES = List.of("sim-core", "reports", "cli");

    private final ClassLoader loader;

    /**
     * A change of one file.
     *
     * @param path below the repository's root
     * @param place what stands there now; empty for a new file, or for the end of it
     * @param text instead of that
     */
    record Change(String path, String place, String text, boolean isNew) {

        static Change before(String path, String place, String added) {
            return new Change(path, place, added + place, false);
        }

        static Change after(String path, String added) {
            return new Change(path, "", added, false);
        }

        static Change replacing(String path, String place, String text) {
            return new Change(path, place, text, false);
        }

        static Change file(String path, String text) {
            return new Change(path, "", text, true);
        }

        private String applied() throws IOException {
            Path file = ROOT.resolve(path);
            assertThat(Files.exists(file)).as("%s exists", path).isEqualTo(!isNew);
            String now = isNew ? "" : Files.readString(file);
            if (place.isEmpty()) {
                return now + text;
            }
            assertThat(now).contains(place);
            int at = now.indexOf(place);
            return now.substring(0, at) + text + now.substring(at + place.length());
        }
    }

    private ChangedPodhop(ClassLoader loader) {
        this.loader = loader;
    }

    /** Compiles everything, changes included; fails where it does not. */
    static ChangedPodhop compiled(Path folder, List<Change> changes) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        for (Change change : changes) {
            boolean java = change.path().endsWith(".java");
            String inModule = change.path().replaceFirst("^.*/src/main/(java|resources)/", "");
            Path to = (java ? folder.resolve("sources") : classes).resolve(inModule);
            Files.createDirectories(to.getParent());
            Files.writeString(to, change.applied());
            if (java) {
                sources.remove(ROOT.resolve(change.path()));
                sources.add(to);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles = compiler.getTask(messages, manager, null,
                    List.of("-d", classes.toString(), "-proc:none", "-nowarn", "-parameters",
                            "-cp", classPath()),
                    null, manager.getJavaFileObjectsFromPaths(sources)).call();
            assertThat(compiles).as(messages.toString()).isTrue();
        }
        return new ChangedPodhop(new OwnFirst(classes));
    }

    /** Runs a command, which must end with that exit code, and returns what it prints. */
    String run(int code, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            Object ended = loader.loadClass(Main.class.getName())
                    .getMethod("execute", String[].class, PrintWriter.class, PrintWriter.class)
                    .invoke(null, args, new PrintWriter(out), new PrintWriter(err));
            assertThat(ended).as(err.toString()).isEqualTo(code);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    /** Podhop's classes and resources from a folder, all else from where this test has it. */
    private static final class OwnFirst extends URLClassLoader {

        OwnFirst(Path folder) throws IOException {
            super(new URL[] {folder.toUri().toURL()}, ChangedPodhop.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known
                        : name.startsWith("dev.podhop.") ? findClass(name)
                        : super.loadClass(name, resolve);
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own != null ? own : super.getResource(name);
        }
    }

    /** What this test runs with, whoever started it. */
    private static String classPath() {
        return ChangedPodhop.class.getClassLoader() instanceof URLClassLoader launcher
                ? Arrays.stream(launcher.getURLs()).map(url -> Path.of(URI.create(url.toString())))
                        .map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("surefire.test.class.path",
                        System.getProperty("java.class.path"));
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("podhop"))) {
            directory = Objects.requireNonNull(directory.getParent());
        }
        return directory;
    }
}

package dev.podhop.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code podhop}: only its version and its help as yet. */
@Command(
        name = "podhop",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Simulates how Kubernetes Services move a packet, and says why.")
public final class Main implements Runnable {

    /** Runs one command and exits with its code: 0, 1 (not as expected), 2 (usage), 70 (bug). */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version in the jar's manifest; classes that are not in a jar have none. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"podhop " + (version == null ? "(not packaged)" : version)};
        }
    }
}

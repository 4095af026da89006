package dev.podhop.image;

import dev.podhop.cli.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the man pages of all verbs as AsciiDoc, from the annotations that the help is made of. */
public final class ManPages {

    private ManPages() {}

    /** @param args the folder they go to */
    public static void main(String[] args) throws Exception {
        CommandLine podhop = Main.commandLine();
        CommandSpec[] all = Stream.concat(Stream.of(podhop.getCommandSpec()), podhop
                .getSubcommands().values().stream().map(CommandLine::getCommandSpec))
                .toArray(CommandSpec[]::new);
        int code = ManPageGenerator.generateManPage(Path.of(args[0]).toFile(), null,
                new boolean[0], true, all);
        if (code != 0) {
            throw new IllegalStateException("no man pages of " + List.of(all) + ": " + code);
        }
    }
}

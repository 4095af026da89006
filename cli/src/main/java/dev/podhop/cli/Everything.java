package dev.podhop.cli;

import dev.podhop.reports.text.Sheet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a text folds what is rare, and what it told before. */
final class Everything {

    @Option(names = "--all", description = "Fold nothing: rows below 1 %%, steps and packets that"
            + " repeat what was told. JSON always has everything.")
    private boolean all;

    Sheet sheet(CommandSpec verb) {
        return Main.screen(verb).sheet().all(all);
    }
}

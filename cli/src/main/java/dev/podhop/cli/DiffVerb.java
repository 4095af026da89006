package dev.podhop.cli;

import dev.podhop.reports.text.DiffText;
import dev.podhop.run.Contrast;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop diff}. Compares odds, not runs: two samples would differ where nothing did, and a
 * rare outcome might be missing from one of them by chance.
 */
@Command(name = "diff", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop diff before.yaml after.yaml",
            "  podhop diff scenario.yaml --set network.ipMasq=true",
            "  podhop diff dump.yaml --set kubeProxy.mode=nftables",
            ExitCode.HELP},
        description = "The odds of two scenarios side by side, flow by flow; or of one scenario as"
                + " it is and under the settings of --set. Of a flow that differs, where the two"
                + " ways part and why. A file without flows is asked one from each kind of source"
                + " to each way to each Service port.")
final class DiffVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Mixin
    private Everything everything = new Everything();

    @Parameters(paramLabel = "FILE", arity = "1..2",
            description = "Two files; or one, with --set. With two, --set changes both.")
    private List<Path> files = List.of();

    @Option(names = "--modes",
            description = "One file under kube-proxy's three modes: what nftables and ipvs change"
                    + " of what iptables does.")
    private boolean modes;

    @Override
    public Integer call() {
        if (modes) {
            return betweenModes();
        }
        // One file is compared with itself under the settings; of two, each under the same
        // settings, since they differ already.
        boolean one = files.size() == 1;
        if (files.size() > 2) {
            throw new UsageException("found " + files.size() + " files, expected one or two");
        }
        if (one && scenarios.settings().isEmpty()) {
            throw new UsageException("found one file, expected a second one or --set KEY=VALUE");
        }
        LoadedScenario a =
                scenarios.load(files, one ? List.of() : scenarios.settings()).getFirst();
        LoadedScenario b = scenarios.load(files).getLast();
        scenarios.tellAssumptions(b, Format.text);
        String set = " --set " + String.join(" --set ", scenarios.settings());
        DiffText text = new DiffText(files.getFirst().toString(),
                files.getLast() + (one ? set : ""), Main.narrator(spec), everything.sheet(spec));
        Contrast contrast = new Contrast(a, b);
        spec.commandLine().getOut().print(text.render(contrast));
        return Failures.told(spec, refusals(contrast), ExitCode.OK);
    }

    /** Each once: one file may well refuse the same under both settings. */
    private static List<String> refusals(Contrast contrast) {
        return Stream.concat(contrast.a().refusals().stream(), contrast.b().refusals().stream())
                .distinct().toList();
    }

    private int betweenModes() {
        if (files.size() != 1) {
            throw new UsageException("found " + files.size()
                    + " files, expected one with --modes");
        }
        LoadedScenario iptables = under("iptables");
        List<String> refused = new ArrayList<>();
        for (String mode : List.of("nftables", "ipvs")) {
            DiffText text = new DiffText(files.getFirst() + named("iptables"),
                    files.getFirst() + named(mode), Main.narrator(spec),
                    Main.screen(spec).sheet());
            Contrast contrast = new Contrast(iptables, under(mode));
            spec.commandLine().getOut().print(text.render(contrast));
            refused.addAll(refusals(contrast));
        }
        return Failures.told(spec, refused.stream().distinct().toList(), ExitCode.OK);
    }

    private static String named(String mode) {
        return " --set kubeProxy.mode=" + mode;
    }

    private LoadedScenario under(String mode) {
        List<String> settings = new ArrayList<>(scenarios.settings());
        settings.add("kubeProxy.mode=" + mode);
        return scenarios.load(files, settings).getFirst();
    }
}

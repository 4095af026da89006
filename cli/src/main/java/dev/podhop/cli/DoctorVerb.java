package dev.podhop.cli;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.source.Problems;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.nodedump.NodeFiles;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.json.DoctorJson;
import dev.podhop.reports.json.DoctorSarif;
import dev.podhop.reports.markdown.DoctorMarkdown;
import dev.podhop.reports.text.DoctorText;
import dev.podhop.reports.xml.DoctorJunit;
import dev.podhop.run.doctor.Doctor;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.DoctorRequest;
import dev.podhop.run.doctor.Severity;
import dev.podhop.run.doctor.WhatIf;
import dev.podhop.run.result.RunWatch;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop doctor}: what is wrong with a cluster, without being told where to look. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  kubectl get nodes,pods,services,endpointslices -A -o yaml | podhop doctor -",
            "  podhop doctor dump.yaml -n shop --service web",
            "  podhop doctor manifests/ --fail-on warning",
            "  podhop doctor dump.yaml --node n2=n2.iptables-save --node n2=n2.conntrack",
            "%nExit codes: 0 nothing as bad as --fail-on; 1 something was found; 2 bad usage, bad"
                    + " input, or an output that cannot be written; 70 a bug of Podhop; 130"
                    + " interrupted."},
        description = "Tries every call that matters, and tells what is not as it should be: the"
                + " cause, and a change that was tried and helps.")
final class DoctorVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Mixin
    private Everything everything = new Everything();

    @Parameters(paramLabel = "FILE", description = "A dump of a cluster, manifests or a scenario;"
            + " a directory of manifests; - is standard input.")
    private Path file = Path.of("");

    @Option(names = {"-n", "--namespace"}, paramLabel = "NS",
            description = "Services of this namespace only.")
    private @Nullable String namespace;

    @Option(names = "--service", paramLabel = "NAME", description = "This Service only.")
    private @Nullable String service;

    @Option(names = "--at", paramLabel = "TIME", converter = TypedWords.TimeWord.class,
            description = "The cluster as it is then in the scenario's run, 4.05s. Default: before"
                    + " anything happens.")
    private OptionalLong at = OptionalLong.empty();

    @Option(names = "--fail-on", paramLabel = "SEVERITY", defaultValue = "error",
            description = "Exit with 1 where something is at least that bad:"
                    + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Severity failOn = Severity.ERROR;

    @Option(names = "--what-if", paramLabel = "EVENT", split = ",",
            converter = TypedWords.WhatIfWord.class,
            description = "Try in time what is to be expected, too: drain, node-loss, rollout,"
                    + " upgrade=1.37. Several with commas between.")
    private List<WhatIf> whatIf = List.of();

    @Option(names = "--node", paramLabel = "NODE=PATH",
            description = "What tools of a node print, in a file or a folder of files:"
                    + " iptables-save, nft list ruleset, ipvsadm -Sn, ipset save, conntrack -L,"
                    + " sysctl -a. A folder alone has NODE.* or NODE/ for each. Repeatable.")
    private List<String> nodes = List.of();

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private As format = As.text;

    /** What {@code -o} takes here. */
    enum As {
        text,
        json,
        sarif,
        junit,
        markdown
    }

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file);
        DoctorReport report = new Doctor(scenario, RunWatch.NONE,
                new DoctorRequest(namespace, service, at, whatIf, dumps(scenario))).examine();
        Narrator english = new Narrator(Explanations.english());
        spec.commandLine().getOut().print(switch (format) {
            case text -> new DoctorText(Main.narrator(spec), everything.sheet(spec))
                    .render(report);
            case markdown -> new DoctorMarkdown(Main.narrator(spec)).render(report);
            case json -> new DoctorJson(english).render(report);
            case sarif -> new DoctorSarif(english).render(report);
            case junit -> new DoctorJunit(english).render(report);
        });
        return report.has(failOn) ? ExitCode.NOT_AS_EXPECTED : ExitCode.OK;
    }

    private Map<String, NodeDump> dumps(LoadedScenario scenario) {
        Problems problems = new Problems();
        NodeFiles files = new NodeFiles(scenario.objects(Node.class)
                .map(node -> node.metadata().name()).toList(), problems);
        nodes.forEach(files::read);
        if (!problems.isEmpty()) {
            throw new BadInput(problems.all());
        }
        files.unread().forEach(file -> Scenarios.say(spec.commandLine().getErr(), "not read: ",
                file));
        return files.dumps();
    }
}

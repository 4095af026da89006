package dev.podhop.cli;

import dev.podhop.cli.live.Anonymizer;
import dev.podhop.cli.live.Kubectl;
import dev.podhop.cli.live.Snapshot;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.run.result.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code podhop kubectl VERB}, which is what {@code kubectl podhop VERB} runs: reads the cluster
 * and hands it to the verb in place of a file.
 */
@Command(name = "kubectl", mixinStandardHelpOptions = true,
        customSynopsis = "podhop kubectl VERB [OPTIONS OF kubectl] [ARGUMENTS OF VERB]",
        footerHeading = "%nExamples:%n", footer = {
            "  kubectl podhop odds --from pod/client --to service/web:80 -n shop",
            "  kubectl podhop get rules --node worker-1 --context prod",
            "  kubectl podhop doctor --save dump.yaml --anonymize",
            ExitCode.HELP},
        description = {"Reads a cluster by kubectl, with get and list alone, and answers as VERB"
                + " does for its dump: doctor, trace, odds, get, assume, validate or diff.",
            "Contexts, credentials and permissions are kubectl's. What may not be read is named."
                    + " Secrets are never asked for."})
final class KubectlVerb implements Callable<Integer> {

    /** The verbs that take a dump, and before which of their words it stands. */
    private static final Map<String, Integer> VERBS = Map.of("doctor", 0, "trace", 0, "odds", 0,
            "get", 1, "assume", 0, "validate", 0, "diff", 0, "preflight", 0);
    /** Verbs with a namespace of their own, which then need not be told names' namespace. */
    private static final Set<String> NAMESPACED = Set.of("get", "doctor");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--kubectl", paramLabel = "PROGRAM", defaultValue = "kubectl",
            description = "Which kubectl; default: the one on the PATH.")
    private String program = "kubectl";

    @Option(names = "--context", paramLabel = "VALUE",
            description = "kubectl's: which of the kubeconfig's contexts.")
    private @Nullable String context;

    @Option(names = "--kubeconfig", paramLabel = "VALUE",
            description = "kubectl's: which kubeconfig file.")
    private @Nullable String kubeconfig;

    @Option(names = "--cluster", paramLabel = "VALUE",
            description = "kubectl's: which of the kubeconfig's clusters.")
    private @Nullable String cluster;

    @Option(names = "--user", paramLabel = "VALUE",
            description = "kubectl's: which of the kubeconfig's users.")
    private @Nullable String user;

    @Option(names = "--as", paramLabel = "VALUE",
            description = "kubectl's: as whom to ask (impersonation).")
    private @Nullable String asUser;

    @Option(names = "--request-timeout", paramLabel = "VALUE", defaultValue = "60s",
            description = "kubectl's: how long to try each request; default: ${DEFAULT-VALUE}.")
    private String requestTimeout = "60s";

    @Option(names = {"-n", "--namespace"}, paramLabel = "NS", defaultValue = "",
            description = "Where names without a namespace are looked for, and what is read where"
                    + " all namespaces may not be. Default: the context's.")
    private String namespace = "";

    @Option(names = "--save", paramLabel = "FILE",
            description = "Keep what was read: YAML for .yaml, else JSON. The answer is then as of"
                    + " that file.")
    private @Nullable Path save;

    @Option(names = "--anonymize",
            description = "Replace names before anything else looks at them, the same name by the"
                    + " same one everywhere; leave out images, environments and messages.")
    private boolean anonymize;

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        String verb = words.isEmpty() ? "" : words.getFirst();
        Integer before = VERBS.get(verb);
        if (before == null) {
            throw new UsageException("found " + (verb.isEmpty() ? "no verb" : verb)
                    + ", expected one of " + VERBS.keySet().stream().sorted().toList()
                    + " before its options");
        }
        Kubectl kubectl = new Kubectl(program, connection());
        Main.screen(spec).progress("reads the cluster by " + program + " ...");
        Snapshot snapshot = Snapshot.read(kubectl, namespace);
        Main.screen(spec).progress("");
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        if (!NAMESPACED.contains(verb)) {
            arguments.replaceAll(new NamesInNamespace(kubectl, namespace));
        } else if (!namespace.isEmpty()) {
            arguments.addAll(List.of("-n", namespace));
        }
        if (anonymize) {
            Anonymizer anonymizer = new Anonymizer(snapshot);
            snapshot = anonymizer.nameless();
            arguments.replaceAll(anonymizer::rename);
        }
        snapshot.unread().forEach(
                line -> Scenarios.say(spec.commandLine().getErr(), "not read: ", line));
        return answer(verb, before, arguments, snapshot);
    }

    private List<String> connection() {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        given.put("--context", context);
        given.put("--kubeconfig", kubeconfig);
        given.put("--cluster", cluster);
        given.put("--user", user);
        given.put("--as", asUser);
        given.put("--request-timeout", requestTimeout);
        return given.entrySet().stream().filter(each -> each.getValue() != null)
                .map(each -> each.getKey() + "=" + each.getValue()).toList();
    }

    /** From a file that stays, or one that goes when the answer is given. */
    private int answer(String verb, int before, List<String> arguments, Snapshot snapshot)
            throws IOException {
        if (save != null) {
            write(save, snapshot);
            return ask(verb, before, arguments, save);
        }
        Path folder = Files.createTempDirectory("podhop");
        Path file = folder.resolve("cluster.json");
        Runnable leaveNothing = () -> {
            file.toFile().delete();
            folder.toFile().delete();
        };
        try (Interruption interruption = new Interruption(leaveNothing)) {
            write(file, snapshot);
            return ask(verb, before, arguments, file);
        } finally {
            leaveNothing.run();
        }
    }

    private static void write(Path file, Snapshot snapshot) {
        try {
            NewFiles.write(file, snapshot.text(file.toString()));
        } catch (IOException refused) {
            throw new UsageException(file + " cannot be written: " + NewFiles.why(refused));
        }
    }

    private int ask(String verb, int before, List<String> arguments, Path file) {
        if (arguments.size() < before) {
            throw new UsageException("found nothing after " + verb + ", expected what to get");
        }
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(arguments.subList(0, before));
        all.add(file.toString());
        all.addAll(arguments.subList(before, arguments.size()));
        return Main.of(spec).executeWithin(spec, all);
    }
}

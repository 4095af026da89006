package dev.podhop.cli;

import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.generate.GeneratedCluster;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podhop generate}: a cluster of a size, to try what a size costs. */
@Command(name = "generate", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop generate --nodes 50 --pods 1000 --services 100 > cluster.yaml",
            "  podhop generate --nodes 500 --pods 9000 --services 900 --deployments > big.yaml",
            ExitCode.HELP},
        description = "Prints the manifests of a cluster of that size, and a Scenario in which some"
                + " of its pods ask. The same options print the same.")
final class GenerateVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "10",
            description = "Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--pods", paramLabel = "N", defaultValue = "100",
            description = "Of the Services, at least one each. Default: ${DEFAULT-VALUE}.")
    private int pods;

    @Option(names = "--services", paramLabel = "N", defaultValue = "10",
            description = "Of type ClusterIP, named app-0, app-1, ... Default: ${DEFAULT-VALUE}.")
    private int services;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "What the Services' sizes, and who asks whom, are drawn from. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--deployments",
            description = "A Deployment a Service, instead of a manifest for each pod.")
    private boolean deployments;

    @Option(names = "--undeclared", description = "Containers declare no containerPort.")
    private boolean undeclared;

    @Option(names = "--flows", paramLabel = "N", defaultValue = "1",
            description = "Clients that ask, each in a pod of its own beside the others; 0: no"
                    + " Scenario document. Default: ${DEFAULT-VALUE}.")
    private int flows;

    @Option(names = "--attempts", paramLabel = "N", defaultValue = "100",
            description = "Of each client, one a millisecond. Default: ${DEFAULT-VALUE}.")
    private int attempts;

    @Override
    public Integer call() throws IOException {
        between("--nodes", nodes, 1, GeneratedCluster.MOST_NODES);
        between("--services", services, 1, Integer.MAX_VALUE);
        between("--flows", flows, 0, nodes);
        between("--attempts", attempts, 1, Integer.MAX_VALUE);
        between("--pods", pods, services,
                Math.toIntExact((long) nodes * GeneratedCluster.PODS_PER_NODE));
        new GeneratedCluster(nodes, pods, services, seed, deployments, !undeclared, flows,
                attempts).writeTo(spec.commandLine().getOut());
        return ExitCode.OK;
    }

    private static void between(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException("found " + option + " " + value + ", expected "
                    + (least > most ? "fewer --services" : least + " to " + most)
                    + (option.equals("--pods") ? ": at least one a Service, at most "
                            + GeneratedCluster.PODS_PER_NODE + " a node" : "")
                    + (option.equals("--flows") ? ": at most one a node" : ""));
        }
    }
}

package dev.podhop.cli;

import dev.podhop.cli.mcp.McpTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code podhop mcp}: the verbs that read, as tools for assistants. */
@Command(name = "mcp", mixinStandardHelpOptions = true,
        footerHeading = "%nExample of a client's configuration:%n", footer = {
            "  {\"mcpServers\": {\"podhop\": {\"command\": \"podhop\", \"args\": [\"mcp\"]}}}",
            ExitCode.HELP},
        description = {"Serves doctor, trace, odds, diff and explain over standard input and"
                + " output by the Model Context Protocol, until standard input ends.",
            "Read-only: no tool writes a file, changes a cluster or sends a packet."})
final class McpVerb implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
        // Only the protocol may speak on standard output.
        new McpTools(McpVerb::podhop).serve(new Main.Version().getVersion()[0], System.in,
                System.out);
        return ExitCode.OK;
    }

    /** Its messages, such as warnings, stand behind the answer. */
    private static McpTools.Answer podhop(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(words.toArray(String[]::new), new PrintWriter(out),
                new PrintWriter(err));
        return new McpTools.Answer(code, out + (err.getBuffer().isEmpty() ? "" : "\n" + err));
    }
}

package dev.podhop.cli.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Serves the tools until standard input ends. */
public final class McpTools {

    /**
     * What a command came to.
     *
     * @param code its exit code
     * @param text what it printed, messages behind the answer
     */
    public record Answer(int code, String text) {}

    private static final String INSTRUCTIONS = "Podhop simulates how Kubernetes Services move"
            + " packets under kube-proxy. Start with doctor on a dump; trace one call to see why;"
            + " odds for exact shares; diff for what a change does. Nothing is sent to a cluster.";
    /** Exit codes from here on are bad input or a bug; 1 is an answer. */
    private static final int BAD = 2;

    private final Function<List<String>, Answer> podhop;

    /** @param podhop runs a command line */
    public McpTools(Function<List<String>, Answer> podhop) {
        this.podhop = podhop;
    }

    /** Serves, and returns when the client has gone. */
    public void serve(String version, InputStream in, OutputStream out)
            throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        McpJsonMapper json = new JacksonMcpJsonMapper(new JsonMapper());
        McpSyncServer server = McpServer
                .sync(new StdioServerTransportProvider(json, new Ending(in, gone), out))
                .serverInfo("podhop", version).instructions(INSTRUCTIONS).jsonMapper(json)
                .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
                .tools(Tool.ALL.stream().map(this::specification).toList()).build();
        gone.await();
        server.closeGracefully();
    }

    private SyncToolSpecification specification(Tool tool) {
        McpSchema.Tool described = McpSchema.Tool.builder().name(tool.verb())
                .description(tool.description()).inputSchema(tool.schema())
                .annotations(
                        new McpSchema.ToolAnnotations(null, true, false, true, false, null))
                .build();
        return SyncToolSpecification.builder().tool(described)
                .callHandler((exchange, request) -> result(answer(tool, request.arguments())))
                .build();
    }

    private static McpSchema.CallToolResult result(Answer answer) {
        return McpSchema.CallToolResult.builder().addTextContent(answer.text())
                .isError(answer.code() >= BAD).build();
    }

    private Answer answer(Tool tool, @Nullable Map<String, Object> given) {
        Map<String, Object> arguments = given == null ? Map.of() : given;
        Object file = arguments.get("file");
        Object manifests = arguments.get("manifests");
        if (!tool.takesCluster()) {
            return podhop.apply(tool.command(arguments, ""));
        }
        if ((file == null) == (manifests == null)) {
            return new Answer(BAD, "found " + (file == null ? "neither" : "both")
                    + " of file and manifests, expected one of them");
        }
        return file != null ? podhop.apply(tool.command(arguments, file.toString()))
                : aside(tool, arguments, String.valueOf(manifests));
    }

    /** From a file that is gone when the answer is given. */
    private Answer aside(Tool tool, Map<String, Object> arguments, String manifests) {
        try {
            Path folder = Files.createTempDirectory("podhop");
            Path file = folder.resolve("manifests.yaml");
            try {
                Files.writeString(file, manifests);
                Answer answer = podhop.apply(tool.command(arguments, file.toString()));
                return new Answer(answer.code(), answer.text().replace(folder + "/", ""));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException refused) {
            return new Answer(BAD, "the manifests cannot be put aside: " + refused.getMessage());
        }
    }

    /** Says when there is nothing more to read. */
    private static final class Ending extends FilterInputStream {

        private final CountDownLatch gone;

        Ending(InputStream in, CountDownLatch gone) {
            super(in);
            this.gone = gone;
        }

        @Override
        public int read() throws IOException {
            return noted(super.read());
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            return noted(super.read(into, from, most));
        }

        private int noted(int read) {
            if (read < 0) {
                gone.countDown();
            }
            return read;
        }
    }
}

package dev.podhop.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** An assistant's client drives {@code podhop mcp}, a process of its own. */
@Timeout(180)
class McpVerbTest {

    private static final String LOOP = "../sim-core/src/test/resources/field/flannel-loop.yaml";

    private static McpSyncClient client;

    @BeforeAll
    static void connect() {
        ServerParameters server = ServerParameters
                .builder(Path.of(System.getProperty("java.home"), "bin/java").toString())
                .args("-cp", classPath(), "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC", "dev.podhop.cli.Main", "mcp")
                .build();
        client = McpClient
                .sync(new StdioClientTransport(server, new JacksonMcpJsonMapper(new JsonMapper())))
                .requestTimeout(Duration.ofSeconds(90))
                .initializationTimeout(Duration.ofSeconds(90)).build();
        client.initialize();
    }

    /** This test's own, whoever runs it. */
    private static String classPath() {
        if (McpVerbTest.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    @AfterAll
    static void leave() {
        client.closeGracefully();
    }

    @Test
    void offersWhatReads() {
        List<McpSchema.Tool> tools = client.listTools().tools();
        assertThat(tools).extracting(McpSchema.Tool::name).containsExactlyInAnyOrder("doctor",
                "trace", "odds", "diff", "explain");
        assertThat(tools).allMatch(tool -> tool.annotations().readOnlyHint());
    }

    @Test
    void answersAboutAFileAndAboutText() throws IOException {
        Map<String, Object> call = Map.of("file", LOOP, "from", "pod/client", "to",
                "service/web@vip:80");
        String ofFile = text(false, "odds", call);
        String ofText = text(false, "odds", Map.of("manifests", Files.readString(Path.of(LOOP)),
                "from", "pod/client", "to", "service/web@vip:80"));

        assertThat(ofFile).contains("Answered  pod/web").isEqualTo(ofText);
        assertThat(text(false, "trace", call)).contains("node/n1", "DNAT");
        assertThat(text(false, "doctor", Map.of("file", LOOP))).isNotBlank();
    }

    @Test
    void settingsAreAList() {
        assertThat(text(false, "diff", Map.of("file", LOOP, "set",
                List.of("service/web.spec.externalTrafficPolicy=Local"))))
                .contains("service/web");
    }

    @Test
    void explainsACode() {
        assertThat(text(false, "explain", Map.of("code", "NO_SOCKET")))
                .contains("no socket waits for it");
    }

    @Test
    void whatIsWrongWithACallIsSaid() {
        assertThat(text(true, "odds", Map.of("file", "nowhere.yaml"))).contains("nowhere.yaml");
        assertThat(text(true, "odds", Map.of())).contains("found neither of file and manifests");
        assertThat(text(true, "odds", Map.of("manifests", "kind: [", "from", "pod/a", "to",
                "pod/b:80"))).contains("manifests.yaml:1");
        assertThat(text(true, "explain", Map.of("code", "NO_SOCKE"))).contains("NO_SOCKET?");
        assertThat(text(true, "odds", Map.of("file", LOOP, "from", "pods/client", "to",
                "service/web:80"))).contains("pod/");
    }

    /** An argument is data: it becomes no other option, and no way to write. */
    @Test
    void anArgumentIsNoOption() {
        assertThat(text(true, "odds", Map.of("file", "--help"))).contains("--help");
        assertThat(text(true, "odds", Map.of("file", "-"))).doesNotContain("standard input");
    }

    private static String text(boolean isError, String tool, Map<String, Object> arguments) {
        McpSchema.CallToolResult result =
                client.callTool(new McpSchema.CallToolRequest(tool, arguments));
        String text = ((McpSchema.TextContent) result.content().getFirst()).text();
        assertThat(result.isError()).as(text).isEqualTo(isError);
        return text;
    }
}

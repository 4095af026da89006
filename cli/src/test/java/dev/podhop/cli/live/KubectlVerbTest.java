package dev.podhop.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.podhop.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real kubectl between Podhop and an API server: what is read of the cluster answers as the
 * cluster's dump does.
 *
 * <pre>
 *   podhop kubectl odds ...  ->  kubectl  ->  [wire]  ->  ApiServer (TLS, pages, 403, slow)
 * </pre>
 */
@Timeout(120)
class KubectlVerbTest {

    private static final Path FAULTY = field("faulty.yaml");
    private static final Path LOOP = field("flannel-loop.yaml");
    private static final String[] CALL = {"odds", "--from", "pod/client", "--to",
        "service/web@vip:80"};

    private static ApiServer server;

    @TempDir
    Path folder;

    private record Answer(int code, String out, String err) {}

    @BeforeAll
    static void aKubectl() throws IOException {
        try {
            assumeTrue(new ProcessBuilder("kubectl", "version", "--client").start().waitFor() == 0);
        } catch (IOException | InterruptedException absent) {
            assumeTrue(false, "no kubectl here: " + absent);
        }
        server = new ApiServer();
    }

    @BeforeEach
    void aServerInAGoodMood() {
        server.behave();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void answersAsTheDumpDoes() throws IOException {
        server.serve(LOOP);
        Answer live = ask(server.port(), CALL);
        Answer dump = podhop("odds", LOOP.toString(), "--from", "pod/client", "--to",
                "service/web@vip:80");

        assertThat(live.code()).as(live.err()).isZero();
        assertThat(live.out()).isEqualTo(dump.out())
                .contains("Answered  pod/web");
        assertThat(server.asked()).as("get and list, and no Secrets").allMatch(
                each -> each.startsWith("GET ") && !each.contains("secrets"));
    }

    @Test
    void podsAndNodesAreListedAsOfTheDump() throws IOException {
        server.serve(FAULTY);
        for (String what : List.of("pods", "nodes")) {
            assertThat(ask(server.port(), "get", what, "-A", "-o", "wide").out())
                    .isEqualTo(podhop("get", what, FAULTY.toString(), "-A", "-o", "wide").out())
                    .contains("10.0.0.11");
        }
    }

    /** What was saved answers the same, with names and without, and holds no real name. */
    @Test
    void whatIsSavedAnswersTheSame() throws IOException {
        server.serve(FAULTY);
        Path saved = folder.resolve("saved.yaml");
        Answer live = ask(server.port(), "get", "services", "--save",
                saved.toString());
        Answer again = podhop("get", "services", saved.toString());

        assertThat(again.out()).isEqualTo(live.out()).contains("selector-typo")
                .isEqualTo(podhop("get", "services", FAULTY.toString()).out());
        assertThat(Files.readString(saved)).startsWith("---\napiVersion: \"v1\"");
    }

    @Test
    void aListThatIsDeniedIsNamed() throws IOException {
        server.serve(LOOP);
        server.deny("networkpolicies", "default/networkpolicies", "kube-system/configmaps",
                "endpoints");
        Answer live = ask(server.port(), CALL);

        assertThat(live.code()).isZero();
        assertThat(live.err()).contains(
                "not read: networkpolicies.networking.k8s.io: denied; a policy that forbids a"
                        + " call is not named",
                "not read: configmaps of kube-system: denied; kube-proxy's settings are"
                        + " guesses",
                "not read: endpoints: of namespace of the context only");
    }

    /** Somebody who may read one namespace only gets an answer about that one. */
    @Test
    void oneNamespaceIsReadWhereTheClusterMayNotBe() throws IOException {
        server.serve(FAULTY);
        server.deny("services", "pods", "nodes", "namespaces", "endpointslices", "endpoints",
                "deployments", "replicasets", "statefulsets", "daemonsets",
                "replicationcontrollers", "networkpolicies", "kube-system/configmaps");
        Answer live = ask(server.port(), "get", "services", "-n", "shop");

        assertThat(live.code()).as(live.err()).isZero();
        assertThat(live.err()).contains("not read: services: of namespace shop only",
                "not read: nodes: denied; nodes are made from");
        assertThat(live.out().lines().skip(1)).isNotEmpty();
    }

    @Test
    void withoutServicesThereIsNoAnswer() throws IOException {
        server.serve(LOOP);
        server.deny("services", "default/services");
        Answer live = ask(server.port(), CALL);

        assertThat(live.code()).isEqualTo(2);
        assertThat(live.err()).contains("kubectl get services failed", "forbidden");
        assertThat(live.out()).isEmpty();
    }

    @Test
    void aSlowServerIsWaitedForAsLongAsAsked() throws IOException {
        server.serve(LOOP);
        server.slow(Duration.ofMillis(1500));
        List<String> hasty = new ArrayList<>(List.of(CALL));
        hasty.add("--request-timeout=1s");
        Answer live = ask(server.port(), hasty.toArray(String[]::new));

        assertThat(live.code()).isEqualTo(2);
        assertThat(live.err()).contains("kubectl get ", " failed, and without it");
    }

    /** kubectl tries again; where that is no use, half a list must not become a wrong answer. */
    @Test
    void aConnectionThatBreaksGivesTheWholeAnswerOrNone() throws IOException {
        server.serve(FAULTY);
        Answer whole = ask(server.port(), "get", "services");
        assertThat(whole.code()).as(whole.err()).isZero();
        for (int bytes : new int[] {0, 2000, 3000}) {
            try (Cut wire = new Cut(server.port(), bytes)) {
                Answer cut = ask(wire.port(), "get", "services", "--request-timeout=1s");
                if (cut.code() == 0) {
                    assertThat(cut.out()).as("after %s bytes", bytes).isEqualTo(whole.out());
                } else {
                    assertThat(cut.code()).as(cut.err()).isEqualTo(2);
                    assertThat(cut.err()).contains("kubectl get ", " failed");
                    assertThat(cut.out()).isEmpty();
                }
                assertThat(bytes > 0 || cut.code() == 2).as("nothing came through").isTrue();
            }
        }
    }

    @Test
    void withoutKubectl() {
        Answer none = podhop("kubectl", "odds", "--kubectl", "/nowhere/kubectl");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("expected kubectl on the PATH, or --kubectl to name it");
    }

    private Answer ask(int port, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("kubectl"));
        all.addAll(List.of(words));
        all.add("--kubeconfig=" + server.kubeconfig(folder, port, "default"));
        return podhop(all.toArray(String[]::new));
    }

    private static Answer podhop(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(words, new PrintWriter(out), new PrintWriter(err));
        return new Answer(code, out.toString(), err.toString());
    }

    private static Path field(String name) {
        return Path.of("../sim-core/src/test/resources/field", name);
    }
}

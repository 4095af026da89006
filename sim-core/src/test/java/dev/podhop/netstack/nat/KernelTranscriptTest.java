package dev.podhop.netstack.nat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.CtTimeout;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays to the model what a Linux 6.18 kernel was sent, and expects what that kernel did. */
class KernelTranscriptTest {

    private static final String CLIENT = "10.1.0.2";
    private static final String VIP = "10.9.9.9";
    private static final String SERVER = "10.2.0.2";
    private static final String ROUTER_B = "10.2.0.1";

    private MiniNode node;
    private String rules;

    /** Each segment in each state from each side: tcp_conntracks, cell by cell. */
    @TestFactory
    List<DynamicTest> everyCellOfTheTcpTable() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines("kernel-tcp-cells.txt")) {
            tests.add(DynamicTest.dynamicTest(line, () -> {
                String[] cell = line.split(" \\| ");
                begin("plain");
                if (!cell[0].equals("nothing")) {
                    Arrays.stream(cell[0].split(" ")).forEach(step -> step(step, 20_000));
                }
                assertThat(step(cell[1] + cell[2], 20_000)).isEqualTo(cell[3]);
                expectEntries(cell[4].equals("empty") ? List.of() : List.of(cell[4]), true,
                        line);
            }));
        }
        assertThat(tests).hasSize(120);
        return tests;
    }

    /** Random histories, with and without NAT. */
    @Test
    void tcpWalks() throws IOException {
        int port = 0;
        int packets = 0;
        for (String line : lines("kernel-tcp-walks.txt")) {
            if (line.startsWith("# ")) {
                begin(line.split(" ")[1]);
                port = Integer.parseInt(line.split(" ")[2]);
                continue;
            }
            String[] parts = line.split(" \\| ");
            assertThat(step(parts[0], port)).as("%s %d: %s", rules, port, line)
                    .isEqualTo(parts[1]);
            expectEntries(parts[2].equals("empty") ? List.of() : List.of(parts[2].split(" \\+ ")),
                    true, rules + " " + port + ": " + line);
            packets++;
        }
        assertThat(packets).isGreaterThan(500);
    }

    /** UDP, ICMP queries and errors of both directions, header by header. */
    @Test
    void udpAndIcmp() throws IOException {
        List<String> table = List.of();
        String story = "";
        Packet packet = null;
        List<String> lines = lines("kernel-udp-icmp.txt");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String[] words = line.split(" ");
            switch (words[0]) {
                case "#" -> {
                    story = line;
                    begin(words[1]);
                }
                case "sleep" -> node.nowNanos += Long.parseLong(words[1]) * 1_000_000;
                case ">" -> packet = parse(Arrays.asList(words).subList(2, words.length));
                case "<" -> assertThat(visit(packet, true)).as(story + " line " + i)
                        .isEqualTo(received(line));
                default -> {
                    assertThat(words[0]).isEqualTo("=");
                    if (line.equals("= same")) {
                        expectEntries(table, false, story);
                        continue;
                    }
                    List<String> expected = new ArrayList<>();
                    for (; i < lines.size() && lines.get(i).startsWith("= "); i++) {
                        if (!lines.get(i).equals("= empty")) {
                            expected.add(lines.get(i).substring(2));
                        }
                    }
                    i--;
                    table = expected;
                    expectEntries(table, false, story);
                }
            }
        }
    }

    private void begin(String kind) {
        rules = kind;
        node = new MiniNode(ConntrackSettings.DEFAULT_KERNEL).local("10.1.0.1", ROUTER_B)
                .filterInput();
        if (!kind.equals("plain")) {
            node.dnat(L4Protocol.TCP, VIP, 80, SERVER, 8080);
            node.dnat(L4Protocol.UDP, VIP, 53, SERVER, 5353);
        }
        if (kind.equals("nat")) {
            node.dnat(L4Protocol.ICMP, VIP, 0, SERVER, 0);
        }
    }

    /** One segment between client and server, {@code aS.}; answers like the transcript. */
    private String step(String step, int port) {
        boolean plain = rules.equals("plain");
        int flags = Packets.flags(step.substring(1));
        Packet packet = step.charAt(0) == 'a'
                ? Packets.tcp(CLIENT, port, plain ? SERVER : VIP, 80, flags)
                : Packets.tcp(SERVER, plain ? 80 : 8080, rules.equals("nat") ? ROUTER_B : CLIENT,
                        port, flags);
        String before = MiniNode.text(packet);
        String end = visit(packet, false);
        return end.equals("nothing") || before.equals(MiniNode.text(packet)) ? end : end + " T";
    }

    private String visit(Packet packet, boolean header) {
        if (rules.equals("nat")) {
            boolean fromClient = packet.source.toString().startsWith("10.1.");
            node.masquerade(fromClient ? ROUTER_B : packet.source.toString(), false, b -> 0);
        }
        if (node.receive(packet) == MiniNode.End.FILTERED) {
            return "nothing";
        }
        return packet.ctState + (header ? " " + header(packet) : "");
    }

    /** Entries as they stand, timeouts within the second that recording took. */
    private void expectEntries(List<String> expected, boolean brief, String where) {
        List<String> actual = new ArrayList<>();
        for (ConntrackEntry entry : node.ct.list(node.nowNanos)) {
            actual.add(brief ? brief(entry)
                    : entry.toString().replaceAll(" +", " ").replace(" use=1", ""));
        }
        List<String> left = new ArrayList<>(expected);
        for (String line : actual) {
            left.stream().filter(recorded -> same(recorded, line)).findFirst()
                    .ifPresent(left::remove);
        }
        assertThat(actual.size() == expected.size() && left.isEmpty())
                .as("%s\nmodel: %s\nkernel: %s", where, actual, expected).isTrue();
    }

    private static boolean same(String recorded, String line) {
        String[] theirs = recorded.split(" ");
        String[] ours = line.split(" ");
        int timeout = theirs[0].matches("[A-Z].*") ? 1 : 2;
        int difference = Integer.parseInt(ours[timeout]) - Integer.parseInt(theirs[timeout]);
        ours[timeout] = theirs[timeout];
        return difference >= 0 && difference <= 2 && Arrays.equals(theirs, ours);
    }

    private static String brief(ConntrackEntry entry) {
        return entry.state() + " " + entry.timeoutSeconds() + (entry.seenReply() ? "" : " U")
                + (entry.assured() ? " A" : "");
    }

    /**
     * Without the device, and without the quoted packet's flags, which the model does not quote.
     */
    private static String received(String line) {
        return line.replaceFirst("< ([ab] )?", "").replaceFirst(" \\S+ \\)$", " )");
    }

    private static Packet parse(List<String> words) {
        String source = words.get(1);
        int sourcePort = Integer.parseInt(words.get(2));
        String destination = words.get(3);
        int destinationPort = Integer.parseInt(words.get(4));
        String what = words.get(5);
        return switch (words.get(0)) {
            case "tcp" -> Packets.tcp(source, sourcePort, destination, destinationPort,
                    Packets.flags(what));
            case "udp" -> Packets.udp(source, sourcePort, destination, destinationPort);
            default -> what.equals("request") || what.equals("reply")
                    ? Packets.echo(source, destination, sourcePort, what.equals("request"))
                    : Packets.error(source, destination,
                            IcmpKind.valueOf(what.replace('-', '_').toUpperCase()),
                            parse(words.subList(7, words.size())));
        };
    }

    private static String header(Packet packet) {
        String what = switch (packet.protocol) {
            case TCP -> TcpFlags.text(packet.tcpFlags);
            case UDP -> "-";
            default -> packet.icmp.name().replace("ECHO_", "").replace('_', '-').toLowerCase();
        };
        String text = packet.protocol.lowerCase() + " " + packet.source + " " + packet.sourcePort
                + " " + packet.destination + " " + packet.destinationPort + " " + what;
        if (!packet.icmp.isError()) {
            return text;
        }
        return text + " ( " + packet.innerProtocol.lowerCase() + " " + packet.innerSource + " "
                + packet.innerSourcePort + " " + packet.innerDestination + " "
                + packet.innerDestinationPort + " )";
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in =
                KernelTranscriptTest.class.getResourceAsStream("/conntrack/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("%")).toList();
        }
    }
}

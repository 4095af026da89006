package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what tools of a node print, each line by its shape; several tools may share one file. */
public final class DumpReader {

    private static final String TOOLS = "a line of iptables-save, nft list ruleset, ipvsadm -Sn or"
            + " -Ln, ipset save, conntrack -L, sysctl -a or ip addr show dev kube-ipvs0";
    private static final Pattern NFT_TABLE =
            Pattern.compile("table (ip|ip6|inet|arp|bridge|netdev) \\S+ \\{.*");
    /** Of other families, which carry no Service's packets. */
    private static final Pattern HEAD = Pattern.compile("#.*?\\b(ip6?tables)(?:-nft|-legacy)?-save"
            + "\\b.*");
    private static final int SHOWN = 60;

    private final NodeDump dump;
    private final Problems problems;

    /**
     * A reader of one node's files.
     *
     * @param dump what is read goes there
     */
    public DumpReader(NodeDump dump, Problems problems) {
        this.dump = dump;
        this.problems = problems;
    }

    /** Whether a text begins as a tool's output does. */
    public static boolean isDump(String text) {
        return text.lines().map(String::strip).filter(line -> !isNoise(line)).findFirst()
                .filter(line -> line.startsWith("*") || NFT_TABLE.matcher(line).matches()
                        || IpvsLines.isLine(line) || ConntrackLines.isLine(line)
                        || SysctlLines.isLine(line))
                .isPresent();
    }

    /** Reads one file; what is wrong with it is told with its line. */
    public void read(String file, String text) {
        List<String> lines = text.lines().map(DumpReader::clean).toList();
        boolean six = false;
        boolean any = false;
        int i = 0;
        while (i < lines.size()) {
            String line = lines.get(i);
            Location where = new Location(file, i + 1, 1);
            Matcher head = HEAD.matcher(line);
            if (head.matches()) {
                six = head.group(1).equals("ip6tables");
                i++;
            } else if (isNoise(line)) {
                i++;
            } else if (line.startsWith("*")) {
                i = new IptablesBlock(dump, problems).read(lines, i, file, six);
                any = true;
            } else if (NFT_TABLE.matcher(line).matches()) {
                dump.began(NodeDump.Part.NFT, where);
                i = new NftBlock(dump, problems).read(lines, i, file);
                any = true;
            } else if (IpvsLines.read(line, where, dump, problems)
                    || ConntrackLines.read(line, where, dump, problems)
                    || SysctlLines.read(line, where, dump)) {
                any = true;
                i++;
            } else {
                problems.unexpected(where, "", shown(line), TOOLS);
                return;
            }
        }
        begun(lines, file);
        if (!any && !hasHeads(lines)) {
            problems.unexpected(Location.startOf(file), "", "nothing", TOOLS);
        }
    }

    /** Parts that are empty, and announced by a line of their own. */
    private void begun(List<String> lines, String file) {
        for (int i = 0; i < lines.size(); i++) {
            Location where = new Location(file, i + 1, 1);
            String line = lines.get(i);
            if (line.startsWith("# ipvsadm") || line.startsWith("IP Virtual Server")) {
                dump.began(NodeDump.Part.SERVERS, where);
            } else if (line.startsWith("# ipset save")) {
                dump.began(NodeDump.Part.SETS, where);
            } else if (line.startsWith("# ") && line.endsWith("dev kube-ipvs0")) {
                dump.began(NodeDump.Part.BOUND, where);
            } else if (line.startsWith("# nft list ruleset")) {
                dump.began(NodeDump.Part.NFT, where);
            }
        }
    }

    private static boolean hasHeads(List<String> lines) {
        return lines.stream().anyMatch(line -> line.startsWith("# ipvsadm")
                || line.startsWith("IP Virtual Server") || line.startsWith("# ipset save")
                || line.startsWith("# nft list ruleset") || HEAD.matcher(line).matches()
                || line.startsWith("conntrack v"));
    }

    private static boolean isNoise(String line) {
        return line.isEmpty() || line.startsWith("#") || line.startsWith("conntrack v")
                || line.startsWith("sysctl:") || line.startsWith("IP Virtual Server")
                || line.startsWith("Prot LocalAddress") || line.startsWith("-> RemoteAddress")
                || line.startsWith("COMMIT");
    }

    private static String clean(String line) {
        return line.replace("\uFEFF", "").strip();
    }

    static String shown(String line) {
        return "\"" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "\"";
    }
}

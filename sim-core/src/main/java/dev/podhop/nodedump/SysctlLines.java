package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of {@code sysctl -a}. */
final class SysctlLines {

    private static final Pattern LINE =
            Pattern.compile("([a-z][\\w-]*(?:[./][\\w:@*-]+)+)\\s*=\\s*(.*)");

    private SysctlLines() {}

    static boolean isLine(String line) {
        return LINE.matcher(line).matches();
    }

    /** Whether it was one of these. */
    static boolean read(String line, Location where, NodeDump dump) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        // a device's name may have a dot, and is then printed with a slash for it
        dump.add(new DumpedSetting(matcher.group(1), matcher.group(2).strip(), where));
        return true;
    }
}

package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses as old API objects may spell them: kube-proxy reads leading zeros of an IPv4 octet as
 * decimal ({@code netutils.ParseIPSloppy}), where the API server refuses them today. What is no
 * address at all, or of the other family, it passes over in silence.
 */
final class SloppyText {

    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9a-fA-F:])0+(?=[0-9])");

    private SloppyText() {}

    /** The addresses of that family, in order. */
    static List<IpAddress> addresses(List<String> texts, IpFamily family) {
        return texts.stream().map(SloppyText::address).flatMap(Optional::stream)
                .filter(address -> address.family() == family).toList();
    }

    /** An address, if the text is one. */
    static Optional<IpAddress> address(String text) {
        return IpAddress.parse(decimal(text));
    }

    /** The ranges of that family, in order; spaces around them are no harm. */
    static List<Cidr> ranges(List<String> texts, IpFamily family) {
        return texts.stream().map(text -> Cidr.parse(decimal(text.strip())))
                .flatMap(Optional::stream).filter(range -> range.family() == family).toList();
    }

    private static String decimal(String text) {
        return text.indexOf(':') >= 0 ? text : LEADING_ZEROS.matcher(text).replaceAll("");
    }
}

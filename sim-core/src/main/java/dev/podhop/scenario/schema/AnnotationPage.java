package dev.podhop.scenario.schema;

import dev.podhop.cloud.annotations.Annotation;
import dev.podhop.cloud.annotations.Annotation.Status;
import dev.podhop.cloud.annotations.Catalogue;
import dev.podhop.cloud.annotations.Vendor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page about Services' annotations, from the catalogue. */
public final class AnnotationPage {

    private static final String HEAD = """
            # Annotations of Services

            <!-- Made from the catalogue in dev/podhop/cloud/annotations; do not edit. -->

            What a Service's annotations say becomes settings of its load balancer. A key that the
            Scenario document has outranks them, and they outrank the profile; the profile is that
            of the document's `loadBalancer.services.NAME`, else of the annotations, else of
            `loadBalancer`. Which vendor's annotations count is decided by the profile; where
            nothing names one, by the annotations themselves.

            | status | means |
            |---|---|
            | read | as if the [document](../scenario-reference.md) had these keys for the Service |
            | harmless | it cannot change what happens to a packet |
            | told | it may, and is not modelled: one line says so, at the first Service with it |

            Told in one line each, too: a name under a vendor's prefix that is not documented, one
            that has no effect on this load balancer, and a value that the controller does not
            take. What that controller does then stands behind the vendor's name; Podhop leaves the
            value aside, and where there is no load balancer yet, makes none. `{port}` in a name is
            a Service port's number; what is said of one port outranks what is said of all. Of two
            that decide the same key, the lower one outranks.
            """;

    private AnnotationPage() {}

    /** The page, Markdown. */
    public static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Vendor vendor : Catalogue.shipped().vendors()) {
            page.append("\n## ").append(vendor.name()).append("\n\n");
            if (!vendor.profiles().isEmpty()) {
                page.append("Profiles ").append(vendor.profiles().stream()
                        .map(AnnotationPage::code).collect(Collectors.joining(", ")))
                        .append(". ");
            }
            page.append("A value that cannot be read: ").append(vendor.refused())
                    .append(".\n\n| annotation | status | keys, or why not | source |\n"
                            + "|---|---|---|---|\n");
            Catalogue.shipped().annotations().stream()
                    .filter(annotation -> annotation.vendor().equals(vendor.name()))
                    .forEach(annotation -> append(page, annotation));
        }
        return page.toString();
    }

    private static void append(StringBuilder page, Annotation annotation) {
        row(page, code(annotation.name().text() + annotation.name().suffix()), annotation,
                "[" + host(annotation.source()) + "](" + annotation.source() + ")");
        annotation.attributes().forEach(
                attribute -> row(page, "&nbsp; " + code(attribute.name().text()), attribute, ""));
    }

    private static void row(StringBuilder page, String name, Annotation of, String source) {
        String keys = of.sets().keySet().stream().map(AnnotationPage::code)
                .collect(Collectors.joining(", "));
        String text = !of.elsewhere().isEmpty() ? of.elsewhere()
                : !of.attributes().isEmpty() ? "what it lists"
                : of.status() == Status.READ ? keys
                : of.why();
        page.append("| ").append(name).append(" | ")
                .append(of.status().name().toLowerCase(Locale.ROOT)).append(" | ").append(text)
                .append(conditions(of)).append(" | ").append(source).append(" |\n");
    }

    private static String conditions(Annotation of) {
        List<String> only = of.effect().only();
        StringBuilder text = new StringBuilder();
        if (!only.isEmpty()) {
            text.append("; only ").append(String.join(", ", only));
        }
        of.effect().needs().forEach((name, value) -> text.append("; with ").append(code(name)));
        of.effect().unless().forEach((name, value) -> text.append("; not beside ")
                .append(code(name)).append(value.equals("*") ? "" : " " + code(value)));
        of.but().forEach((value, but) -> text.append("; ").append(code(value)).append(": ")
                .append(but));
        if (!of.quiet().isEmpty()) {
            text.append("; not told at ").append(of.quiet().stream().map(AnnotationPage::code)
                    .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static String host(String source) {
        return source.replaceAll("https://([^/]+)/.*", "$1");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}

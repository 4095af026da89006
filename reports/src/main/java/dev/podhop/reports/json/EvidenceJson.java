package dev.podhop.reports.json;

import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * A piece of evidence with its place. Its {@code type} and what identifies it, then the object, the
 * field, the file and the line; null where nobody wrote it.
 */
final class EvidenceJson {

    private EvidenceJson() {}

    static void write(JsonOut out, Cited cited) {
        out.object(() -> {
            out.put("type", cited.evidence().getClass().getSimpleName());
            out.object("of", () -> of(out, cited.evidence()));
            boolean written = cited.line() > 0;
            out.put("object", written ? cited.object() : null);
            out.put("field", written ? cited.field() : null);
            place(out, written ? cited.file() : null, cited.line());
            out.put("byDefault", cited.byDefault());
        });
    }

    /** A file without its folders, and a line from 1; both null for what is in none. */
    static void place(JsonOut out, @Nullable String file, int line) {
        out.put("file", file);
        if (file == null) {
            out.put("line", null);
        } else {
            out.put("line", line);
        }
    }

    private static void of(JsonOut out, Evidence evidence) {
        switch (evidence) {
            case Evidence.Field field -> {
                out.put("kind", field.kind());
                out.put("namespace", field.namespace());
                out.put("name", field.name());
                out.put("path", field.path());
            }
            case Evidence.Here here -> out.put("path", here.path());
            case Evidence.Holder holder -> out.put("address", holder.address());
            case Evidence.Setting setting -> {
                out.put("path", setting.path());
                out.put("service", setting.service());
            }
            case Evidence.ProxyConfig config -> out.put("path", config.path());
            case Evidence.Event event -> {
                out.put("verbs", String.join(" ", event.verbs()));
                out.put("address", event.address());
            }
            case Evidence.Sysctl sysctl -> out.put("name", sysctl.name());
            case Evidence.Route route -> out.put("route", route.route());
            case Evidence.Rule rule -> {
                out.put("table", rule.table());
                out.put("chain", rule.chain());
                out.put("rule", rule.rule());
            }
            case Evidence.Connection connection -> out.put("entry", connection.entry());
            case Evidence.BalancerTarget target -> {
                out.put("loadBalancer", target.loadBalancer());
                out.put("target", target.target());
            }
        }
    }
}

package dev.podhop.reports.json;

import dev.podhop.reports.DoctorWords;
import dev.podhop.reports.Narrator;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Fault;
import dev.podhop.run.doctor.FaultCode;
import dev.podhop.run.doctor.Severity;
import java.util.List;

/** What the doctor found as SARIF 2.1.0, for code review in a forge's own page. */
public final class DoctorSarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    private final Narrator narrator;
    private final DoctorWords words;

    public DoctorSarif(Narrator narrator) {
        this.narrator = narrator;
        this.words = new DoctorWords(narrator);
    }

    /** The whole text. */
    public String render(DoctorReport report) {
        List<FaultCode> rules = report.faults().stream().map(Fault::code).distinct().toList();
        return JsonOut.text(out -> out.object(() -> {
            out.put("$schema", SCHEMA);
            out.put("version", "2.1.0");
            out.array("runs", List.of(report), run -> out.object(() -> {
                out.object("tool", () -> out.object("driver", () -> {
                    out.put("name", "podhop doctor");
                    out.array("rules", rules, rule -> out.object(() -> rule(out, rule)));
                }));
                out.array("results", report.faults(),
                        fault -> out.object(() -> result(out, fault, rules)));
            }));
        }));
    }

    private void rule(JsonOut out, FaultCode rule) {
        out.put("id", rule.id());
        out.put("name", rule.name());
        out.object("shortDescription", () -> out.put("text", narrator.say(rule)));
        out.object("defaultConfiguration", () -> out.put("level", level(rule.severity())));
    }

    private void result(JsonOut out, Fault fault, List<FaultCode> rules) {
        out.put("ruleId", fault.code().id());
        out.put("ruleIndex", rules.indexOf(fault.code()));
        out.put("level", level(fault.severity()));
        out.object("message", () -> out.put("text", words.whole(fault)));
        out.array("locations", List.of(fault.where()), where -> out.object(() -> {
            out.object("physicalLocation", () -> {
                out.object("artifactLocation", () -> out.put("uri", uri(where.file())));
                out.object("region", () -> out.put("startLine", Math.max(1, where.line())));
            });
            out.array("logicalLocations", List.of(fault.object()),
                    name -> out.object(() -> out.put("fullyQualifiedName", name)));
        }));
        out.object("partialFingerprints",
                () -> out.put("podhop/v1", fault.code().id() + " " + fault.object()));
    }

    private static String uri(String file) {
        return file.equals("-") ? "stdin" : file.replace('\\', '/').replace(" ", "%20");
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "note";
        };
    }
}

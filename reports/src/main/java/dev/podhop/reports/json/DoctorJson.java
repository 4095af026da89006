package dev.podhop.reports.json;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.DoctorWords;
import dev.podhop.reports.Narrator;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Fault;
import dev.podhop.trace.Explanation;
import java.util.Locale;

/** What the doctor found, all of it: the words, and the codes that they are made of. */
public final class DoctorJson {

    private final DoctorWords words;
    private final Narrator narrator;

    public DoctorJson(Narrator narrator) {
        this.narrator = narrator;
        this.words = new DoctorWords(narrator);
    }

    /** The whole text. */
    public String render(DoctorReport report) {
        return JsonOut.text(out -> out.object(() -> {
            out.put("file", report.file());
            out.object("tried", () -> {
                out.put("services", report.tried().services());
                out.put("nodes", report.tried().nodes());
                out.put("pods", report.tried().pods());
                out.put("calls", report.tried().calls());
                out.put("attempts", report.tried().attempts());
            });
            out.array("findings", report.faults(), fault -> out.object(() -> fault(out, fault)));
            out.strings("assumptions", report.assumptions().stream().map(Object::toString)
                    .toList());
            out.strings("notes", report.notes());
        }));
    }

    private void fault(JsonOut out, Fault fault) {
        out.put("code", fault.code().id());
        out.put("severity", fault.severity().name().toLowerCase(Locale.ROOT));
        out.put("title", words.title(fault));
        out.put("object", fault.object());
        out.put("file", fault.where().file());
        out.put("line", fault.where().line());
        out.put("share", Amounts.fraction(fault.share()));
        out.array("met", fault.met(), met -> out.object(() -> {
            out.put("role", met.role());
            out.put("door", met.door());
            out.put("from", met.from());
            out.put("to", met.to());
            out.put("share", Amounts.fraction(met.share()));
        }));
        out.put("cause", words.why(fault));
        out.array("reasons", fault.reasons(), why -> out.object(() -> reason(out, why)));
        out.array("fixes", fault.fixes(), fix -> out.object(() -> {
            out.put("what", narrator.text(fix.what()));
            out.strings("set", fix.settings());
            out.strings("kubectl", fix.kubectl());
            out.put("to", fix.to());
            out.put("failureBefore", Amounts.fraction(fix.failureBefore()));
            out.put("failureAfter", Amounts.fraction(fix.failureAfter()));
        }));
        out.put("shows", fault.shows());
    }

    private static void reason(JsonOut out, Explanation why) {
        out.put("code", why.code());
        out.strings("arguments", why.arguments());
    }
}

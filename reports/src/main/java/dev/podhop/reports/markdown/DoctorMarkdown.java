package dev.podhop.reports.markdown;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.DoctorPhrase;
import dev.podhop.reports.DoctorWords;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Fault;
import dev.podhop.run.doctor.Severity;
import dev.podhop.run.result.TraceResult.Fix;
import java.util.stream.Stream;

/** What the doctor found as Markdown, for a comment on a change. */
public final class DoctorMarkdown {

    private final Narrator narrator;
    private final DoctorWords words;

    public DoctorMarkdown(Narrator narrator) {
        this.narrator = narrator;
        this.words = new DoctorWords(narrator);
    }

    /** The whole text. */
    public String render(DoctorReport report) {
        StringBuilder text = new StringBuilder("# podhop doctor ")
                .append(Plain.text(report.file())).append("\n\n")
                .append(Plain.text(report.has(Severity.WARNING) ? words.found(report)
                        : words.healthy(report)))
                .append('\n');
        for (Fault fault : report.faults()) {
            text.append("\n## ").append(fault.code().id()).append(' ')
                    .append(words.severity(fault.severity())).append(": ")
                    .append(Plain.text(narrator.say(DoctorPhrase.HEAD, fault.object(),
                            words.title(fault))))
                    .append("\n\n");
            if (!words.met(fault).isEmpty()) {
                text.append(Plain.text(words.met(fault))).append("\n\n");
            }
            text.append(Plain.text(words.why(fault))).append('\n');
            fault.fixes().forEach(fix -> fix(text, fix));
            if (!fault.shows().isEmpty()) {
                text.append("\n    ").append(fault.shows()).append('\n');
            }
        }
        return text.toString();
    }

    private void fix(StringBuilder text, Fix fix) {
        text.append("\n- ").append(Plain.text(narrator.say(ResultPhrase.FAILS,
                Amounts.fraction(fix.failureBefore()), Amounts.fraction(fix.failureAfter())) + " "
                + narrator.text(fix.what()))).append('\n');
        Stream.concat(fix.options().stream(), fix.kubectl().stream())
                .forEach(line -> text.append("\n      ").append(line).append('\n'));
    }
}

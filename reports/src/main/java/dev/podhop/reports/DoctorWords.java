package dev.podhop.reports;

import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Door;
import dev.podhop.run.doctor.Fault;
import dev.podhop.run.doctor.Fault.Met;
import dev.podhop.run.doctor.Severity;
import dev.podhop.trace.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;

/** Puts what the doctor found into words, for every format that shows it. */
public final class DoctorWords {

    private final Narrator narrator;

    public DoctorWords(Narrator narrator) {
        this.narrator = narrator;
    }

    /** {@code error}. */
    public String severity(Severity severity) {
        return narrator.say(switch (severity) {
            case ERROR -> DoctorPhrase.ERROR;
            case WARNING -> DoctorPhrase.WARNING;
            case HINT -> DoctorPhrase.HINT;
        });
    }

    /** What kind of fault it is, in a few words. */
    public String title(Fault fault) {
        return narrator.say(fault.code());
    }

    /** Its cause, in whole sentences. */
    public String why(Fault fault) {
        return narrator.text(fault.why());
    }

    /** What it is, who meets it, and why, in one paragraph. */
    public String whole(Fault fault) {
        return Stream.of(narrator.say(DoctorPhrase.HEAD, fault.object(), title(fault)) + ".",
                met(fault), why(fault)).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** That nothing is wrong, and what was looked at. */
    public String healthy(DoctorReport report) {
        DoctorReport.Tried tried = report.tried();
        return narrator.say(DoctorPhrase.HEALTHY, tried.calls(), tried.attempts(),
                tried.services(), tried.nodes(), tried.pods());
    }

    /** How much is wrong, and what was looked at. */
    public String found(DoctorReport report) {
        DoctorReport.Tried tried = report.tried();
        return narrator.say(DoctorPhrase.FOUND, count(report, Severity.ERROR),
                count(report, Severity.WARNING), count(report, Severity.HINT), tried.calls(),
                tried.services(), tried.nodes(), tried.pods());
    }

    private static long count(DoctorReport report, Severity severity) {
        return report.faults().stream().filter(f -> f.severity() == severity).count();
    }

    /** Who meets it, and how often; empty where no call was tried. */
    public String met(Fault fault) {
        List<Met> met = fault.met();
        Set<BigFraction> shares = met.stream().map(Met::share).collect(Collectors.toSet());
        Map<Door, List<Met>> doors = new LinkedHashMap<>();
        met.forEach(m -> doors.computeIfAbsent(m.door(), d -> new ArrayList<>()).add(m));
        List<String> ways = new ArrayList<>();
        doors.forEach((door, by) -> ways.add(narrator.say(DoctorPhrase.BY,
                joined(by.stream().map(m -> role(m, shares.size() == 1)).toList()),
                narrator.say(Reason.named("doctor.door." + door)))));
        if (ways.isEmpty()) {
            return "";
        }
        return fault.share().equals(BigFraction.ONE) && shares.size() == 1
                ? narrator.say(DoctorPhrase.MET_ALWAYS, joined(ways))
                : narrator.say(DoctorPhrase.MET, Amounts.fraction(fault.share()), joined(ways));
    }

    private String role(Met met, boolean alike) {
        String role = narrator.say(Reason.named("doctor.role." + met.role()));
        return alike ? role
                : narrator.say(DoctorPhrase.BY_SHARE, role, Amounts.fraction(met.share()));
    }

    private String joined(List<String> parts) {
        return parts.stream().reduce((one, more) -> narrator.say(DoctorPhrase.AND, one, more))
                .orElse("");
    }
}

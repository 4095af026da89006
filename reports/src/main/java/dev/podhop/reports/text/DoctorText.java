package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.DoctorPhrase;
import dev.podhop.reports.DoctorWords;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Fault;
import dev.podhop.run.doctor.Severity;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.Assumption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the doctor found, the worst first: at most a screen, unless all is asked for. Of faults of
 * one kind the first few are told, and the others named.
 */
public final class DoctorText {

    /** Of one kind so many are told. */
    private static final int OF_A_KIND = 3;
    /** So many are told at all. */
    private static final int MOST = 12;
    private static final int NAMED = 5;
    /** Of what helps so much is told. */
    private static final int FIXES = 2;

    private static final List<String> DECIDING = List.of("kubernetesVersion", "loadBalancer",
            "kubeProxy", "network.clusterCIDR", "network.fabric", "network.podAttachment",
            "network.ipMasq", "network.sysctls");

    private final Narrator narrator;
    private final DoctorWords words;
    private final Sheet sheet;

    public DoctorText(Narrator narrator, Sheet sheet) {
        this.narrator = narrator;
        this.words = new DoctorWords(narrator);
        this.sheet = sheet;
    }

    /** The whole text. */
    public String render(DoctorReport report) {
        Page page = new Page(sheet);
        if (!report.has(Severity.WARNING)) {
            page.wrapped("", 0, words.healthy(report), Emphasis.GOOD);
        }
        Map<Object, List<Fault>> kinds = new LinkedHashMap<>();
        report.faults().forEach(fault -> kinds.computeIfAbsent(
                List.of(fault.code(), fault.severity()), kind -> new ArrayList<>()).add(fault));
        int told = 0;
        for (List<Fault> kind : kinds.values()) {
            for (Fault fault : kind.subList(0, sheet.all() ? kind.size()
                    : Math.min(kind.size(), OF_A_KIND))) {
                if (sheet.all() || told < MOST) {
                    fault(page, fault);
                }
                told++;
            }
            if (!sheet.all() && kind.size() > OF_A_KIND && told <= MOST) {
                more(page, kind.subList(OF_A_KIND, kind.size()));
            }
        }
        if (!sheet.all() && told > MOST) {
            page.gap();
            page.wrapped("", 0, narrator.say(DoctorPhrase.REST, told - MOST));
        }
        if (report.has(Severity.WARNING)) {
            end(page, report);
        }
        return page.toString();
    }

    private void fault(Page page, Fault fault) {
        page.gap();
        page.wrapped(fault.code().id() + " " + words.severity(fault.severity()) + "  ",
                Emphasis.TITLE, 15, narrator.say(DoctorPhrase.HEAD, fault.object(),
                        words.title(fault)),
                fault.severity() == Severity.ERROR ? Emphasis.BAD : Emphasis.NONE);
        String met = words.met(fault);
        if (!met.isEmpty()) {
            page.wrapped("  ", 2, met);
        }
        page.wrapped("  ", 2, words.why(fault));
        for (Fix fix : fault.fixes().subList(0, Math.min(FIXES, fault.fixes().size()))) {
            page.wrapped("  " + narrator.say(DoctorPhrase.FIX) + " ", 7,
                    narrator.say(ResultPhrase.FAILS, Amounts.fraction(fix.failureBefore()),
                            Amounts.fraction(fix.failureAfter())) + " "
                            + narrator.text(fix.what()));
            fix.options().forEach(option -> page.line("       " + option));
            fix.kubectl().forEach(command -> page.line("       " + command));
        }
        if (!fault.shows().isEmpty()) {
            page.line("  " + narrator.say(DoctorPhrase.SHOW) + " " + fault.shows());
        }
    }

    private void more(Page page, List<Fault> others) {
        String names = others.stream().limit(NAMED).map(Fault::object)
                .collect(Collectors.joining(", ")) + (others.size() > NAMED ? ", ..." : "");
        page.wrapped("  ", 2, narrator.say(DoctorPhrase.MORE, others.size(),
                words.title(others.getFirst()), names));
    }

    /** What was looked at, what the findings rest on, and what no file shows. */
    private void end(Page page, DoctorReport report) {
        page.gap();
        page.wrapped("", 0, words.found(report));
        if (!report.assumptions().isEmpty()) {
            page.wrapped("", 0, narrator.say(DoctorPhrase.RESTS_ON));
            report.assumptions().stream().filter(each -> sheet.all() || decides(each))
                    .forEach(each -> page.wrapped("  ", 4, each.toString()));
        }
        List<String> dumped = report.tried().dumped();
        page.wrapped("", 0, dumped.isEmpty() ? narrator.say(DoctorPhrase.UNSEEN)
                : narrator.say(DoctorPhrase.UNSEEN_BUT, String.join(", ", dumped)));
    }

    /** Whether answers hang on it; how fast links are, say, changes none of these. */
    private static boolean decides(Assumption assumption) {
        return DECIDING.stream().anyMatch(assumption.key()::startsWith);
    }
}

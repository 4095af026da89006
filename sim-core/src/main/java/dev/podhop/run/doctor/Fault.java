package dev.podhop.run.doctor;

import dev.podhop.k8s.source.Location;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Something that is not as it should be.
 *
 * @param object that it is about: {@code service/shop/web}
 * @param where the field that decides, or its object; line 0 where no file has it
 * @param share of the worst calls that fails; 0 where none was tried
 * @param met who meets it, the worst first
 * @param why the cause
 * @param fixes changes that were tried, the best first
 * @param shows a command that shows it; empty where none does
 */
public record Fault(FaultCode code, Severity severity, String object, Location where,
        BigFraction share, List<Met> met, Explanation why, List<Fix> fixes, String shows) {

    public Fault {
        met = List.copyOf(met);
        fixes = List.copyOf(fixes);
    }

    /**
     * Who meets it, and how often.
     *
     * @param from one of them
     * @param to what is called
     */
    public record Met(CallerRole role, Door door, String from, String to, BigFraction share) {}

    /** The cause and what lies behind it, in order. */
    public List<Explanation> reasons() {
        List<Explanation> reasons = new ArrayList<>();
        for (Explanation each = why; each != null; each = each.because()) {
            reasons.add(each);
        }
        return reasons;
    }

    /** The same, with what in the objects leads to it. */
    Fault because(Suspect suspect) {
        return new Fault(code, severity, object, suspect.where(), share, met, suspect.why(), fixes,
                shows);
    }

    /** The same, with a further reason. */
    Fault because(Explanation further) {
        return new Fault(code, severity, object, where, share, met, why.because(further), fixes,
                shows);
    }

    Fault with(List<Fix> tried) {
        return new Fault(code, severity, object, where, share, met, why, tried, shows);
    }
}

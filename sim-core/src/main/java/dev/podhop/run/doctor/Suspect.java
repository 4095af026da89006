package dev.podhop.run.doctor;

import dev.podhop.k8s.source.Location;
import dev.podhop.trace.Explanation;
import java.util.function.Predicate;

/**
 * Something in the objects that is not as it should be, before any call was tried.
 *
 * @param severity where no call meets it; where one does, its code's own
 * @param bears whether a symptom that packets alone do not explain is of this
 */
record Suspect(FaultCode code, Severity severity, String object, Location where, Explanation why,
        Predicate<Symptom> bears) {

    /** One that explains no symptom: it stands by itself. */
    static Suspect alone(FaultCode code, String object, Location where, Explanation why) {
        return new Suspect(code, code.severity(), object, where, why, symptom -> false);
    }
}

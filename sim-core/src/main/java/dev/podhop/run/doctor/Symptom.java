package dev.podhop.run.doctor;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * One way in which a call fails.
 *
 * @param share of the call's attempts that end so
 * @param attempt one of them
 * @param why what went wrong in it
 */
record Symptom(Call call, Outcome outcome, BigFraction share, AttemptResult attempt,
        FaultCode code, Explanation why) {}

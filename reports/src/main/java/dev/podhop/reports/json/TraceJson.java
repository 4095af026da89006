package dev.podhop.reports.json;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Legs;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A traced attempt: every hop and step as data, each reason with its code, arguments, text
 * and evidence, and the cluster around it. */
public final class TraceJson {

    private final Narrator narrator;

    public TraceJson(Narrator narrator) {
        this.narrator = narrator;
    }

    /**
     * The whole text.
     *
     * @param hops those of the trace that are wanted
     */
    public String render(TraceResult trace, List<Hop> hops) {
        Legs whole = Legs.of(trace.hops());
        return JsonOut.text(out -> out.object(() -> {
            out.put("schema", TraceSchema.VERSION);
            out.object("attempt", () -> attempt(out, trace.attempt()));
            out.object("odds", () -> OddsJson.flow(out, trace.odds()));
            new BackdropJson(out).write(trace.backdrop());
            out.array("legs", Legs.of(hops).all(), leg -> out.object(() -> {
                out.put("role", whole.role(whole.of(leg.first())));
                out.strings("places", leg.places());
                out.array("hops", leg.hops(), each -> out.item(each.id()));
            }));
            HopJson hop = new HopJson(out, narrator, trace.backdrop().citations());
            out.array("hops", hops, hop::write);
            out.put("decidingHop", trace.decidingHop());
            diagnosis(out, hop, trace.diagnosis());
        }));
    }

    private static void attempt(JsonOut out, AttemptResult attempt) {
        out.put("number", attempt.number());
        out.put("client", attempt.client());
        out.put("local", attempt.local());
        out.put("remote", attempt.remote());
        out.put("protocol", attempt.protocol());
        out.put("outcome", attempt.outcome());
        out.put("endpoint", attempt.endpoint());
        out.put("source", attempt.source());
        out.put("startNanos", attempt.startNanos());
        out.put("endNanos", attempt.endNanos());
    }

    private static void diagnosis(JsonOut out, HopJson hop, @Nullable Diagnosis diagnosis) {
        if (diagnosis == null) {
            out.put("diagnosis", null);
            return;
        }
        out.object("diagnosis", () -> {
            hop.explanation("what", null, diagnosis.what());
            out.put("decidingHop", diagnosis.decidingHop());
            out.strings("expectedReply", diagnosis.expectedReply());
            out.strings("takenReply", diagnosis.takenReply());
            out.array("evidence", diagnosis.evidence(), each -> EvidenceJson.write(out, each));
            out.array("fixes", diagnosis.fixes(), fix -> out.object(() -> {
                hop.explanation("what", null, fix.what());
                out.strings("set", fix.settings());
                out.put("to", fix.to());
                out.put("failureBefore", Amounts.fraction(fix.failureBefore()));
                out.put("failureAfter", Amounts.fraction(fix.failureAfter()));
            }));
        });
    }
}

package dev.podhop.reports.json;

import dev.podhop.reports.Narrator;
import dev.podhop.run.mission.Judged;
import dev.podhop.run.mission.Judgement.Mark;
import dev.podhop.run.mission.Mission;
import dev.podhop.run.mission.Mission.Permission;
import dev.podhop.run.mission.MissionResult;
import java.util.List;
import java.util.Locale;

/** Missions, what solutions are worth, and the file that is handed in. */
public final class MissionJson {

    private final Narrator narrator;

    public MissionJson(Narrator narrator) {
        this.narrator = narrator;
    }

    /** All missions. */
    public static String list(List<Mission> missions) {
        return JsonOut.text(out -> out.array(missions, each -> out.object(() -> {
            out.put("name", each.name());
            out.put("title", each.title().in(Locale.ENGLISH));
            out.put("story", each.story().in(Locale.ENGLISH));
            out.put("edition", each.edition());
            out.put("points", each.worth());
            out.array("goals", each.goals(), goal -> out.object(() -> {
                out.put("points", goal.points());
                out.put("says", goal.says().in(Locale.ENGLISH));
            }));
            out.strings("mayChange", each.permissions().stream().map(Permission::toString)
                    .toList());
            // Their number alone: a hint is taken, and noted, with mission show.
            out.put("hints", each.hints().size());
        })));
    }

    /** What each of the files is worth. */
    public String judgements(List<Judged> all) {
        return JsonOut.text(out -> out.array(all, each -> out.object(() -> {
            out.put("file", each.file());
            out.put("student", each.student());
            out.put("mission", each.judgement().mission().name());
            out.put("solved", each.judgement().isSolved());
            out.put("grade", each.judgement().grade());
            out.put("earned", each.judgement().earned());
            out.put("hints", each.judgement().hints());
            out.strings("objections", each.judgement().objections().stream()
                    .map(narrator::text).toList());
            out.array("goals", each.judgement().marks(), mark -> out.object(
                    () -> mark(out, mark)));
        })));
    }

    private void mark(JsonOut out, Mark mark) {
        out.put("points", mark.goal().points());
        out.put("says", mark.goal().says().in(Locale.ENGLISH));
        out.put("met", mark.met());
        out.put("seed", mark.seed());
        out.put("why", mark.why() == null ? null : narrator.text(mark.why()));
    }

    /** The file that a student hands in. */
    public static String result(MissionResult result) {
        return JsonOut.text(out -> out.object(() -> {
            out.put(MissionResult.KEY, result.mission());
            out.put("edition", result.edition());
            out.put("student", result.student());
            out.put("hints", result.hints());
            out.put("grade", result.grade());
            out.put("solution", result.solution());
            out.put("seal", result.seal());
        }));
    }
}

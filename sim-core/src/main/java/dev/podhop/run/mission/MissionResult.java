package dev.podhop.run.mission;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a student hands in: the solution itself, and what it is said to be worth. Whoever gets it
 * judges the solution again and believes nothing else.
 *
 * @param mission by its name
 * @param edition of the mission
 * @param student as they call themselves; may be empty
 * @param hints how many were taken
 * @param grade as it was worked out when it was written
 * @param solution the whole file; empty as long as there is none
 * @param seal see {@link Seal}
 */
public record MissionResult(String mission, String edition, String student, int hints, int grade,
        String solution, String seal) {

    /** The key that tells a result file from a solution. */
    public static final String KEY = "podhopMission";

    /** Nothing done yet. */
    public static MissionResult start(Mission mission, String student) {
        return of(mission, student, 0, 0, "");
    }

    private static MissionResult of(Mission mission, String student, int hints, int grade,
            String solution) {
        return new MissionResult(mission.name(), mission.edition(), student, hints, grade,
                solution, seal(mission.name(), mission.edition(), student, hints, grade,
                        solution));
    }

    private static String seal(String mission, String edition, String student, int hints,
            int grade, String solution) {
        return Seal.of(mission, edition, student, Integer.toString(hints),
                Integer.toString(grade), solution);
    }

    /** The same with one more hint taken. */
    public MissionResult withHint(Mission of) {
        return of(of, student, Math.min(hints + 1, of.hints().size()), grade, solution);
    }

    /** The same with a solution, as it was judged. */
    public MissionResult with(String own, Judgement judged) {
        return of(judged.mission(), student, judged.hints(), judged.grade(), own);
    }

    /** The same of somebody; of the same where nobody is named. */
    public MissionResult by(Mission of, String name) {
        return name.isEmpty() ? this : of(of, name, hints, grade, solution);
    }

    /** Whether it is as it was written. */
    public boolean isSealed() {
        return seal.equals(seal(mission, edition, student, hints, grade, solution));
    }

    /** Whether a document is a result file, right or wrong. */
    public static boolean isOne(List<Mapping> documents) {
        return documents.size() == 1 && documents.getFirst().get(KEY) != null;
    }

    /** Reads a result file; empty where something is missing in it. */
    public static Optional<MissionResult> read(Mapping from, Problems problems) {
        int before = problems.size();
        MissionResult read = new MissionResult(text(from, KEY, problems),
                text(from, "edition", problems), text(from, "student", problems),
                number(from, "hints", problems), number(from, "grade", problems),
                text(from, "solution", problems), text(from, "seal", problems));
        return problems.size() == before ? Optional.of(read) : Optional.empty();
    }

    private static String text(Mapping from, String key, Problems problems) {
        String text = from.text(key);
        if (text == null) {
            problems.unexpected(from.location(), key, "none", "a text");
            return "";
        }
        return text;
    }

    private static int number(Mapping from, String key, Problems problems) {
        String text = text(from, key, problems);
        if (!text.matches("\\d{1,6}")) {
            problems.unexpected(from.location(), key, "\"" + text + "\"",
                    "a whole number from 0 to 999999");
            return 0;
        }
        return Integer.parseInt(text);
    }

    /** Judges the solution in it again: only that is believed, and how many hints were taken. */
    public Judgement judge(Mission of, String file) {
        List<Explanation> objections = new ArrayList<>();
        if (!isSealed()) {
            objections.add(MissionReason.SEAL.of());
        }
        if (!edition.equals(of.edition())) {
            objections.add(MissionReason.EDITION.of(mission));
        }
        if (solution.isEmpty()) {
            objections.add(MissionReason.UNSOLVED.of());
            return new Judgement(of, List.of(), objections, hints);
        }
        Problems problems = new Problems();
        Optional<Judgement> judged = Judge.judge(of, file, solution, hints, problems);
        problems.all().forEach(each -> objections.add(MissionReason.UNREADABLE.of(each)));
        judged.ifPresent(each -> objections.addAll(each.objections()));
        if (judged.isPresent() && judged.get().grade() != grade) {
            objections.add(MissionReason.GRADE.of(grade, judged.get().grade()));
        }
        return new Judgement(of, judged.map(Judgement::marks).orElse(List.of()), objections,
                hints);
    }
}

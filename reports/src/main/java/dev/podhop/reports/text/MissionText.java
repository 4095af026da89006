package dev.podhop.reports.text;

import dev.podhop.reports.MissionPhrase;
import dev.podhop.reports.Narrator;
import dev.podhop.run.mission.Judged;
import dev.podhop.run.mission.Judgement;
import dev.podhop.run.mission.Judgement.Mark;
import dev.podhop.run.mission.Mission;
import dev.podhop.run.mission.Mission.Goal;
import dev.podhop.run.mission.Mission.Hint;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Missions for who takes them, and what was made of them for who set them. */
public final class MissionText {

    private static final int INDENT = 14;

    private final Narrator narrator;
    private final Locale language;
    private final Sheet sheet;

    public MissionText(Narrator narrator, Locale language, Sheet sheet) {
        this.narrator = narrator;
        this.language = language;
        this.sheet = sheet;
    }

    /** A row for each mission. */
    public String list(List<Mission> missions) {
        TextTable table = new TextTable().row(narrator.say(MissionPhrase.HEAD_NAME),
                narrator.say(MissionPhrase.HEAD_WORTH), narrator.say(MissionPhrase.HEAD_HINTS),
                narrator.say(MissionPhrase.HEAD_TITLE));
        missions.forEach(each -> table.row(each.name(), Integer.toString(each.worth()),
                Integer.toString(each.hints().size()), each.title().in(language)));
        return lines(table);
    }

    /** A mission, told. */
    public String show(Mission mission) {
        Page page = new Page(sheet);
        page.wrapped("", 0, narrator.say(MissionPhrase.TITLE, mission.title().in(language),
                mission.name(), mission.worth()), Emphasis.TITLE);
        page.gap();
        page.wrapped("", 0, mission.story().in(language));
        page.heading(narrator.say(MissionPhrase.GOALS));
        mission.goals().forEach(goal -> page.wrapped("  " + points(goal), INDENT,
                goal.says().in(language)));
        page.heading(narrator.say(MissionPhrase.PERMITTED));
        mission.permissions().forEach(each -> page.line("  " + each));
        page.heading(narrator.say(MissionPhrase.HINTS));
        page.wrapped("  ", 2, narrator.say(MissionPhrase.NO_HINT_TAKEN, mission.hints().size(),
                mission.hints().stream().map(hint -> "-" + hint.costs())
                        .collect(Collectors.joining(", ")),
                "podhop mission show " + mission.name() + " --hint --result result.json"));
        page.heading(narrator.say(MissionPhrase.BEGIN));
        page.line("  " + narrator.say(MissionPhrase.WRITE) + " podhop mission show "
                + mission.name() + " --into my.yaml");
        page.line("  " + narrator.say(MissionPhrase.LOOK) + " podhop view my.yaml");
        page.line("  " + narrator.say(MissionPhrase.CHECK)
                + " podhop mission check my.yaml --result result.json");
        return page.toString();
    }

    private String points(Goal goal) {
        return goal.isCondition() ? narrator.say(MissionPhrase.CONDITION)
                : narrator.say(MissionPhrase.POINTS, goal.points());
    }

    /** The hints that were taken, the last one the new one. */
    public String hints(Mission mission, int taken, boolean isNew) {
        Page page = new Page(sheet);
        for (int i = 0; i < taken; i++) {
            Hint hint = mission.hints().get(i);
            page.wrapped("", 0, narrator.say(MissionPhrase.HINT, i + 1, mission.hints().size(),
                    hint.costs(), hint.says().in(language)));
        }
        if (!isNew) {
            page.line(narrator.say(MissionPhrase.NO_MORE_HINTS));
        }
        return page.toString();
    }

    /** What one solution is worth, goal by goal. */
    public String judgement(Judgement judgement) {
        Mission mission = judgement.mission();
        Page page = new Page(sheet);
        page.wrapped("", 0, narrator.say(MissionPhrase.TITLE, mission.title().in(language),
                mission.name(), mission.worth()), Emphasis.TITLE);
        if (!judgement.objections().isEmpty()) {
            page.gap();
            page.line(Emphasis.BAD, narrator.say(MissionPhrase.DOES_NOT_COUNT));
            judgement.objections().forEach(
                    why -> page.wrapped("  ", 2, narrator.text(why), Emphasis.BAD));
        }
        if (!judgement.marks().isEmpty()) {
            page.heading(narrator.say(MissionPhrase.GOALS));
            judgement.marks().forEach(mark -> mark(page, mark));
        }
        page.gap();
        if (judgement.objections().isEmpty() && judgement.marks().stream()
                .anyMatch(mark -> mark.goal().isCondition() && !mark.met())) {
            page.line(Emphasis.BAD, narrator.say(MissionPhrase.NO_POINTS));
        }
        page.line(judgement.isSolved() ? Emphasis.GOOD : Emphasis.NONE, grade(judgement));
        return page.toString();
    }

    private void mark(Page page, Mark mark) {
        page.wrapped("  " + narrator.say(mark.met() ? MissionPhrase.MET : MissionPhrase.MISSED),
                INDENT, points(mark.goal()) + ": " + mark.goal().says().in(language),
                mark.met() ? Emphasis.GOOD : Emphasis.BAD);
        if (!mark.met() && mark.why() != null) {
            page.wrapped("", INDENT, narrator.say(MissionPhrase.SEED, mark.seed(),
                    narrator.text(Objects.requireNonNull(mark.why()))));
        }
    }

    private String grade(Judgement judgement) {
        Mission mission = judgement.mission();
        String grade = judgement.hints() == 0
                ? narrator.say(MissionPhrase.GRADE_LINE, judgement.grade(), mission.worth())
                : narrator.say(MissionPhrase.GRADE_HINTS, judgement.grade(), mission.worth(),
                        judgement.earned(), judgement.hints(),
                        mission.cost(judgement.hints()));
        return judgement.isSolved() ? narrator.say(MissionPhrase.SOLVED) + " " + grade : grade;
    }

    /** A row for each of many. */
    public String table(List<Judged> all) {
        TextTable table = new TextTable().row(narrator.say(MissionPhrase.HEAD_STUDENT),
                narrator.say(MissionPhrase.HEAD_NAME), narrator.say(MissionPhrase.HEAD_HINTS),
                narrator.say(MissionPhrase.HEAD_GRADE), narrator.say(MissionPhrase.HEAD_FILE),
                narrator.say(MissionPhrase.HEAD_VERDICT));
        all.forEach(each -> table.row(each.student().isEmpty() ? "-" : each.student(),
                each.judgement().mission().name(), Integer.toString(each.judgement().hints()),
                Integer.toString(each.judgement().grade()), each.file(), verdict(each)));
        return lines(table);
    }

    private String verdict(Judged judged) {
        Judgement judgement = judged.judgement();
        return judgement.isSolved() ? narrator.say(MissionPhrase.VERDICT_SOLVED)
                : judgement.objections().isEmpty() ? narrator.say(MissionPhrase.VERDICT_PARTLY)
                : narrator.say(MissionPhrase.VERDICT_VOID, narrator.text(
                        judgement.objections().getFirst()));
    }

    private static String lines(TextTable table) {
        return table.lines().stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}

package dev.podhop.viz.lesson;

import dev.podhop.viz.lesson.Lesson.Answer;
import dev.podhop.viz.lesson.Lesson.Question;
import dev.podhop.viz.lesson.Lesson.Table;
import dev.podhop.viz.lesson.Lesson.Term;
import dev.podhop.viz.style.Stylesheet;
import dev.podhop.viz.style.ViewerWords;
import java.util.Locale;
import java.util.function.IntConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A chapter at a time: its text, its question, and the way on and back. */
public final class LessonView extends BorderPane {

    private final LessonViewModel model;
    private final ViewerWords words;
    private final IntConsumer go;
    private final VBox page = new VBox();
    private final ScrollPane scroll = new ScrollPane(page);

    /**
     * A view.
     *
     * @param go opens a chapter, which may need another run
     */
    public LessonView(LessonViewModel model, ViewerWords words, IntConsumer go) {
        this.model = model;
        this.words = words;
        this.go = go;
        setId("lesson");
        setFocusTraversable(true);
        getStyleClass().add("lesson");
        getStylesheets().add(Stylesheet.of(LessonView.class));
        page.getStyleClass().add("lesson-page");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setCenter(scroll);
        model.chapter().addListener((of, old, now) -> show());
        model.answered().addListener((of, old, now) -> show());
        show();
    }

    /** Buttons are replaced: what had the focus keeps it here, or it would go to a field. */
    private void show() {
        boolean focused = isFocusWithin();
        fill();
        if (focused) {
            requestFocus();
        }
    }

    private void fill() {
        Locale language = words.language();
        page.getChildren().setAll(
                text(words.get("lesson.chapter", model.chapter().get() + 1, model.size()),
                        "lesson-number"),
                text(model.now().title().in(language), "lesson-title"));
        page.getChildren().addAll(Prose.paragraphs(model.now().text().in(language),
                words.isChinese() ? "" : " "));
        for (Term term : model.now().terms()) {
            page.getChildren().add(text(term.word().in(language)
                    + (words.isChinese() ? "：" : ": ") + term.meaning().in(language),
                    "lesson-term"));
        }
        Table table = model.now().table();
        if (table != null) {
            page.getChildren().add(new SmallTable(table, language));
        }
        Question question = model.question();
        if (question != null) {
            page.getChildren().add(question(question, language));
        }
        int most = LessonMarks.most(model.lesson());
        if (model.chapter().get() == model.size() - 1 && most > 0) {
            Label mark = text(words.get("lesson.mark", model.marks().points(model.lesson()), most),
                    "lesson-mark");
            mark.setId("lesson-mark");
            page.getChildren().add(mark);
        }
        setBottom(ways());
        scroll.setVvalue(0);
    }

    private VBox question(Question question, Locale language) {
        VBox box = new VBox(text(question.text().in(language), "question"));
        box.getStyleClass().add("card-like");
        Answer given = model.given();
        for (int i = 0; i < question.answers().size(); i++) {
            int number = i;
            Answer answer = question.answers().get(i);
            Button button = new Button(answer.text().in(language));
            button.setId("answer-" + i);
            button.setWrapText(true);
            button.getStyleClass().add("answer");
            button.setMaxWidth(Double.MAX_VALUE);
            button.setOnAction(event -> model.answer(number));
            boolean shown = answer.right() ? model.isDone() : model.wasGiven(number);
            if (given != null && shown) {
                button.getStyleClass().add(answer.right() ? "right" : "wrong-answer");
                button.setText((answer.right() ? "✓ " : "✖ ") + answer.text().in(language));
            }
            box.getChildren().add(button);
        }
        if (given != null && !given.reply().in(language).isEmpty()) {
            Label reply = text(given.reply().in(language) + (model.isDone() ? ""
                    : (words.isChinese() ? "" : " ") + words.get("lesson.again")), "reply");
            reply.setId("lesson-reply");
            box.getChildren().add(reply);
        }
        return box;
    }

    private HBox ways() {
        Button back = new Button(words.get("lesson.back"));
        back.setId("lesson-back");
        back.setDisable(model.chapter().get() == 0);
        back.setOnAction(event -> go.accept(model.chapter().get() - 1));
        Button next = new Button(words.get("lesson.next"));
        next.setId("lesson-next");
        next.getStyleClass().add("accent");
        next.setDisable(model.chapter().get() == model.size() - 1);
        next.setOnAction(event -> go.accept(model.chapter().get() + 1));
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        HBox ways = new HBox(back, spring, next);
        ways.getStyleClass().add("lesson-ways");
        return ways;
    }

    private static Label text(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }
}

package dev.podhop.viz.lesson;

import dev.podhop.viz.style.Stylesheet;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Predict, then reveal. */
public final class QuizCard extends VBox {

    private final QuizViewModel model;
    private final ViewerWords words;

    public QuizCard(QuizViewModel model, ViewerWords words) {
        this.model = model;
        this.words = words;
        setId("quiz");
        setFocusTraversable(true);
        getStyleClass().addAll("quiz", "card-like");
        getStylesheets().add(Stylesheet.of(LessonView.class));
        model.asking().addListener((of, old, now) -> show(now));
        model.questions().addListener((of, old, now) -> show(model.asking().get()));
        idle();
    }

    private void idle() {
        Button ask = new Button(words.get("quiz.ask"));
        ask.setId("quiz-ask");
        ask.setOnAction(event -> model.askNext());
        getChildren().setAll(ask);
    }

    private void show(boolean asking) {
        boolean focused = isFocusWithin();
        fill(asking);
        if (focused) {
            requestFocus();
        }
    }

    private void fill(boolean asking) {
        if (!asking && !model.answered()) {
            idle();
            return;
        }
        if (!asking) {
            Label reply = text(model.reply());
            reply.getStyleClass().add(model.right() ? "right" : "wrong-answer");
            idle();
            getChildren().addFirst(reply);
            return;
        }
        // Beside each other where there is room: the foot of a small window is low.
        FlowPane choices = new FlowPane(8, 6);
        getChildren().setAll(text(model.question()), choices);
        List<String> answers = model.answers();
        for (int i = 0; i < answers.size(); i++) {
            int number = i;
            Button answer = new Button((i + 1) + "   " + answers.get(i));
            answer.getStyleClass().add("answer");
            answer.setId("quiz-answer-" + i);
            answer.setOnAction(event -> model.answer(number));
            choices.getChildren().add(answer);
        }
    }

    private static Label text(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add("quiz-text");
        return label;
    }
}

package dev.podhop.viz.lesson;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A chapter's text on the screen: blank lines part paragraphs, backticks enclose names. */
final class Prose {

    private Prose() {}

    /**
     * Paragraphs, from top to bottom.
     *
     * @param joint what stands between the lines of a paragraph: a blank, or nothing in Chinese
     */
    static List<TextFlow> paragraphs(String text, String joint) {
        List<TextFlow> paragraphs = new ArrayList<>();
        for (String paragraph : text.split("\\n\\s*\\n")) {
            paragraphs.add(paragraph(paragraph.replaceAll("\\s*\\n\\s*", joint)));
        }
        return paragraphs;
    }

    private static TextFlow paragraph(String text) {
        TextFlow flow = new TextFlow();
        flow.getStyleClass().add("lesson-text");
        String[] parts = text.split("`");
        for (int i = 0; i < parts.length; i++) {
            Text part = new Text(parts[i]);
            part.getStyleClass().add(i % 2 == 0 ? "words" : "mono");
            flow.getChildren().add(part);
        }
        return flow;
    }
}

package dev.podhop.viz.inspector;

import dev.podhop.viz.style.Stylesheet;
import dev.podhop.viz.style.ViewerWords;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** Why, Packet, State, YAML. */
public final class InspectorView extends TabPane {

    private static final String PREFIX = "tab-";

    public InspectorView(WhyViewModel why, PacketViewModel packet, StateViewModel state,
            YamlViewModel yaml, ViewerWords words) {
        setId("inspector");
        getStyleClass().addAll("inspector", "dense");
        getStylesheets().add(Stylesheet.of(InspectorView.class));
        setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        YamlPane file = new YamlPane(yaml);
        Tab yamlTab = tab("yaml", file, words);
        StatePane tables = new StatePane(state, words);
        Tab stateTab = tab("state", tables, words);
        WhyPane reasons = new WhyPane(why, line -> {
            getSelectionModel().select(yamlTab);
            file.open(line);
        });
        getTabs().addAll(tab("why", reasons, words),
                tab("packet", new PacketPane(packet, words), words),
                stateTab, yamlTab);
        stateTab.selectedProperty().addListener((of, old, now) -> {
            if (now) {
                tables.appear();
            }
        });
    }

    private static Tab tab(String id, Node content, ViewerWords words) {
        Tab tab = new Tab(words.get("inspector." + id), content);
        tab.setId(PREFIX + id);
        return tab;
    }

    /** Shows the tab that a property names, and tells it of another. */
    public void follow(StringProperty tab) {
        tab.addListener((of, old, now) -> open(now));
        getSelectionModel().selectedItemProperty().addListener(
                (of, old, now) -> tab.set(now.getId().substring(PREFIX.length())));
        open(tab.get());
    }

    /** Shows a tab: {@code why}, {@code packet}, {@code state} or {@code yaml}. */
    public void open(String id) {
        getTabs().stream().filter(tab -> tab.getId().equals(PREFIX + id)).findFirst()
                .ifPresent(getSelectionModel()::select);
    }
}

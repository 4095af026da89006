package dev.podhop.viz.events;

import javafx.collections.ObservableListBase;

/** Rows that are made when they are looked at: a run may have a hundred thousand. */
final class LazyRows extends ObservableListBase<EventRow> {

    private final EventsViewModel model;
    private final int size;

    LazyRows(EventsViewModel model) {
        this.model = model;
        this.size = model.size();
    }

    @Override
    public EventRow get(int index) {
        return model.row(index);
    }

    @Override
    public int size() {
        return size;
    }
}

package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Shares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Names with amounts, or a list of all the names there are. */
public record SharesForm() implements Form<Shares> {

    private static final MapForm<String, Amount> AMOUNTS =
            new MapForm<>(ScalarForms.TEXT, AmountForms.AMOUNT);
    private static final ListForm<String> NAMES = new ListForm<>(ScalarForms.TEXT, false);
    /** A listed name must occur, however often. */
    private static final Amount SOME = new Amount.Range(BigFraction.ZERO, null, true, false);

    @Override
    public @Nullable Shares read(YamlNode node, FieldPath path, Reading reading) {
        Map<String, Amount> amounts = null;
        if (node instanceof Mapping) {
            amounts = AMOUNTS.read(node, path, reading);
        } else if (node instanceof Sequence) {
            List<String> names = NAMES.read(node, path, reading);
            amounts = new LinkedHashMap<>();
            for (String name : names == null ? List.<String>of() : names) {
                amounts.put(name, SOME);
            }
        } else {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words());
        }
        if (amounts == null) {
            return null;
        }
        Shares shares = new Shares(amounts, node instanceof Sequence);
        reading.remember(shares, node, path);
        return shares;
    }

    @Override
    public String words() {
        return "a list of names, or a mapping of names to shares or counts";
    }
}

package dev.podhop.cloud;

import dev.podhop.cloud.Backend.Wish;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changes at the cloud's console, past the controller: a merge patch of an instance.
 *
 * <pre>
 * tags: {tke-createdBy-flag: null}
 * listeners:
 *   TCP:80: {name: mine}                                    # renamed
 *   TCP:81: {backends: {n1: {address: "10.0.0.11:30081"}}}   # a listener by hand
 *   TCP:82: null                                            # deleted
 * </pre>
 */
public final class HandChange {

    private static final Pattern PORT = Pattern.compile("(TCP|UDP):([0-9]{1,5})");
    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");
    private static final String BY_HAND = "by hand";

    private final List<BiConsumer<Instance, LoadBalancerSettings>> steps = new ArrayList<>();
    private final Problems problems;

    private HandChange(Problems problems) {
        this.problems = problems;
    }

    /** Reads a patch; what it cannot mean is told. */
    public static HandChange read(Mapping patch, Problems problems) {
        HandChange change = new HandChange(problems);
        for (Entry entry : patch.entries()) {
            if (entry.key().equals("tags") && entry.value() instanceof Mapping tags) {
                tags.entries().forEach(change::tag);
            } else if (entry.key().equals("listeners")
                    && entry.value() instanceof Mapping listeners) {
                listeners.entries().forEach(change::listener);
            } else {
                change.refuse(entry, entry.key(), "tags or listeners, each a mapping");
            }
        }
        return change;
    }

    void apply(Instance instance, LoadBalancerSettings settings) {
        steps.forEach(step -> step.accept(instance, settings));
    }

    private void tag(Entry tag) {
        String value = text(tag.value());
        if (isNull(tag.value())) {
            steps.add((instance, settings) -> instance.tags().remove(tag.key()));
        } else if (value != null) {
            steps.add((instance, settings) -> instance.tags().put(tag.key(), value));
        } else {
            refuse(tag, "tags." + tag.key(), "a text, or null to remove it");
        }
    }

    private void listener(Entry entry) {
        Matcher port = PORT.matcher(entry.key());
        String path = "listeners." + entry.key();
        if (!port.matches()) {
            refuse(entry, path, "a protocol and a port, such as TCP:80");
            return;
        }
        L4Protocol protocol = L4Protocol.valueOf(port.group(1));
        int number = Integer.parseInt(port.group(2));
        if (isNull(entry.value())) {
            steps.add((instance, settings) -> instance.byPort().keySet().removeIf(
                    key -> key.protocol() == protocol && key.number() == number));
        } else if (entry.value() instanceof Mapping fields) {
            fields(fields, path, protocol, number);
        } else {
            refuse(entry, path, "a mapping with name and backends, or null to delete it");
        }
    }

    private void fields(Mapping fields, String path, L4Protocol protocol, int number) {
        steps.add((instance, settings) -> instance.vips().forEach(vip -> {
            Instance.Port port = new Instance.Port(protocol, vip, number);
            instance.byPort().putIfAbsent(port,
                    new InstanceListener(port, BY_HAND, "", settings));
        }));
        for (Entry entry : fields.entries()) {
            String name = text(entry.value());
            if (entry.key().equals("name") && name != null) {
                each(protocol, number, listener -> listener.rename(name));
            } else if (entry.key().equals("backends")
                    && entry.value() instanceof Mapping backends) {
                backends.entries().forEach(b -> backend(b, path, protocol, number));
            } else {
                refuse(entry, path + "." + entry.key(), "name, or a mapping of backends");
            }
        }
    }

    private void backend(Entry entry, String path, L4Protocol protocol, int number) {
        String name = entry.key();
        if (isNull(entry.value())) {
            each(protocol, number, listener -> listener.byName().remove(name));
            return;
        }
        Mapping fields = entry.value() instanceof Mapping m ? m : null;
        Optional<SocketAddress> address = fields == null ? Optional.empty()
                : endpoint(fields.text("address"));
        Long weight = fields != null && fields.get("weight") instanceof Scalar s ? s.integer()
                : null;
        if (address.isPresent()) {
            int share = weight == null ? 1 : Math.toIntExact(weight);
            each(protocol, number, listener -> listener.byName().put(name, new Backend(
                    new Wish(name, address.get(), address.get().address(), share, null, true),
                    true)));
        } else if (weight != null) {
            each(protocol, number, listener -> {
                Backend bound = listener.byName().get(name);
                if (bound != null) {
                    bound.weight(Math.toIntExact(weight));
                }
            });
        } else {
            refuse(entry, path + ".backends." + name,
                    "an address such as 10.0.0.11:30080, a weight, or null to unbind it");
        }
    }

    private void each(L4Protocol protocol, int number,
            java.util.function.Consumer<InstanceListener> change) {
        steps.add((instance, settings) -> {
            for (Map.Entry<Instance.Port, InstanceListener> entry : instance.byPort().entrySet()) {
                if (entry.getKey().protocol() == protocol && entry.getKey().number() == number) {
                    change.accept(entry.getValue());
                }
            }
        });
    }

    private static Optional<SocketAddress> endpoint(@Nullable String text) {
        Matcher parts = ADDRESS.matcher(text == null ? "" : text);
        return parts.matches() && Integer.parseInt(parts.group(2)) <= 65535
                ? IpAddress.parse(parts.group(1))
                        .map(ip -> new SocketAddress(ip, Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    private static @Nullable String text(YamlNode node) {
        return node instanceof Scalar scalar && !isNull(node) ? scalar.text() : null;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }

    private void refuse(Entry entry, String path, String expected) {
        problems.unexpected(entry.keyLocation(), path, entry.value().describe(), expected);
    }
}

package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree as bytes: node by node what it is, where it stands, as the way from the node before, and
 * what it says. Numbers have seven bits a byte, the lowest first; the words that most manifests are
 * made of are numbers too.
 */
final class PackedTree {

    private static final int MAPPING = 0;
    private static final int SEQUENCE = 1;
    /** Behind these the kinds of scalars, in their order. */
    private static final int SCALAR = 2;
    private static final int QUOTED = 8;
    private static final Scalar.Kind[] KINDS = Scalar.Kind.values();

    private static final int WORD = 0;
    private static final int LATIN = 1;
    private static final int WIDE = 2;

    private static final List<String> WORDS = List.of("apiVersion", "kind", "metadata", "name",
            "namespace", "labels", "annotations", "spec", "status", "containers", "image", "ports",
            "containerPort", "protocol", "nodeName", "podIP", "podIPs", "ip", "hostIP", "hostIPs",
            "phase", "conditions", "type", "selector", "port", "targetPort", "clusterIP",
            "clusterIPs", "ipFamilies", "ipFamilyPolicy", "ownerReferences", "uid", "controller",
            "blockOwnerDeletion", "addresses", "address", "endpoints", "ready", "serving",
            "terminating", "targetRef", "zone", "addressType", "podCIDR", "podCIDRs",
            "allocatable", "cpu", "memory", "pods", "taints", "effect", "key", "value", "values",
            "operator", "matchLabels", "template", "replicas", "v1", "apps/v1",
            "discovery.k8s.io/v1", "Pod", "Service", "Node", "EndpointSlice", "Deployment",
            "ReplicaSet", "Namespace", "ConfigMap", "default", "kube-system", "app", "True",
            "False", "true", "false", "Running", "Pending", "Ready", "ContainersReady",
            "Initialized", "PodScheduled", "TCP", "UDP", "IPv4", "IPv6", "SingleStack",
            "ClusterIP", "NodePort", "LoadBalancer", "InternalIP", "http", "web", "80", "8080",
            "443", "53", "kubernetes.io/hostname", "topology.kubernetes.io/zone",
            "pod-template-hash", "kubernetes.io/service-name", "resourceVersion",
            "creationTimestamp", "generation", "internalTrafficPolicy", "externalTrafficPolicy",
            "sessionAffinity", "None", "Cluster", "Local", "");
    private static final Map<String, Integer> NUMBERS = numbers();

    /** Of most nodes; kept beside the bytes because all trees of a file share it. */
    private final String file;
    private final byte[] bytes;

    private PackedTree(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        WORDS.forEach(word -> numbers.put(word, numbers.size()));
        return numbers;
    }

    static PackedTree of(Mapping tree) {
        Packing packing = new Packing(tree.location().file());
        packing.node(tree);
        return new PackedTree(tree.location().file(), packing.done());
    }

    Mapping unpack() {
        return (Mapping) new Unpacking().node();
    }

    /** How many bytes it takes. */
    int size() {
        return bytes.length;
    }

    Location location() {
        Unpacking head = new Unpacking();
        head.number();
        return head.location();
    }

    private static final class Packing {
        private byte[] bytes = new byte[256];
        private int size;
        private String file;
        private int line;

        Packing(String file) {
            this.file = file;
        }

        byte[] done() {
            return Arrays.copyOf(bytes, size);
        }

        void node(YamlNode node) {
            switch (node) {
                case Mapping mapping -> {
                    head(MAPPING, mapping.location());
                    number(mapping.entries().size());
                    for (Entry entry : mapping.entries()) {
                        text(entry.key());
                        location(entry.keyLocation());
                        node(entry.value());
                    }
                }
                case Sequence sequence -> {
                    head(SEQUENCE, sequence.location());
                    number(sequence.items().size());
                    sequence.items().forEach(this::node);
                }
                case Scalar scalar -> {
                    head(SCALAR + scalar.kind().ordinal() | (scalar.quoted() ? QUOTED : 0),
                            scalar.location());
                    text(scalar.text());
                }
            }
        }

        private void head(int what, Location where) {
            number(what);
            location(where);
        }

        /** Where another file begins, the way's lowest bit is set and its name follows. */
        private void location(Location where) {
            boolean same = where.file().equals(file);
            long lines = (long) where.line() - line;
            number((lines << 1 ^ lines >> 63) << 1 | (same ? 0 : 1));
            if (!same) {
                file = where.file();
                text(file);
            }
            line = where.line();
            number(where.column() & 0xffff_ffffL);
        }

        private void text(String text) {
            Integer word = NUMBERS.get(text);
            if (word != null) {
                number((long) word << 2 | WORD);
                return;
            }
            boolean latin = text.chars().allMatch(c -> c < 256);
            number((long) text.length() << 2 | (latin ? LATIN : WIDE));
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                add(c);
                if (!latin) {
                    add(c >> 8);
                }
            }
        }

        private void number(long value) {
            long left = value;
            while (left > 0x7f || left < 0) {
                add((int) left | 0x80);
                left >>>= 7;
            }
            add((int) left);
        }

        private void add(int b) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, size * 2);
            }
            bytes[size++] = (byte) b;
        }
    }

    private final class Unpacking {
        private int at;
        private String place = file;
        private int line;

        YamlNode node() {
            int what = (int) number();
            Location where = location();
            return switch (what) {
                case MAPPING -> {
                    int size = (int) number();
                    List<Entry> entries = new ArrayList<>(size);
                    for (int i = 0; i < size; i++) {
                        entries.add(new Entry(text(), location(), node()));
                    }
                    yield new Mapping(where, entries);
                }
                case SEQUENCE -> {
                    int size = (int) number();
                    List<YamlNode> items = new ArrayList<>(size);
                    for (int i = 0; i < size; i++) {
                        items.add(node());
                    }
                    yield new Sequence(where, items);
                }
                default -> new Scalar(where, text(), KINDS[(what & ~QUOTED) - SCALAR],
                        (what & QUOTED) != 0);
            };
        }

        Location location() {
            long way = number();
            if ((way & 1) != 0) {
                place = text();
            }
            long lines = way >>> 1;
            line += (int) (lines >>> 1 ^ -(lines & 1));
            return new Location(place, line, (int) number());
        }

        private String text() {
            long head = number();
            int length = (int) (head >>> 2);
            switch ((int) head & 3) {
                case WORD -> {
                    return WORDS.get(length);
                }
                case LATIN -> {
                    at += length;
                    return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
                }
                default -> {
                    char[] chars = new char[length];
                    for (int i = 0; i < length; i++, at += 2) {
                        chars[i] = (char) (bytes[at] & 0xff | bytes[at + 1] << 8);
                    }
                    return new String(chars);
                }
            }
        }

        long number() {
            long value = 0;
            for (int shift = 0;; shift += 7) {
                byte b = bytes[at++];
                value |= (b & 0x7fL) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }
    }
}

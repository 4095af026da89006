package dev.podhop.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads from a typed model of the whole API which fields there are, and of which types. */
final class ApiFieldsOracle {

    private static final List<Class<?>> ROOTS = List.of(ListMeta.class, Node.class, Pod.class,
            Service.class, Namespace.class, Endpoints.class, ConfigMap.class, Deployment.class,
            ReplicaSet.class, StatefulSet.class, DaemonSet.class, ReplicationController.class,
            EndpointSlice.class);

    private static final Map<Class<?>, String> SCALARS = Map.of(String.class, "string",
            Integer.class, "int32", Long.class, "int64", Boolean.class, "bool", Double.class,
            "number",
            IntOrString.class, "intOrString", Quantity.class, "quantity", Object.class, "any");

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Map<String, String> lines = new TreeMap<>();

    private ApiFieldsOracle() {}

    /** The text of the resource {@code api-fields.txt}. */
    static String generate() {
        ApiFieldsOracle oracle = new ApiFieldsOracle();
        ROOTS.forEach(oracle::add);
        StringBuilder text = new StringBuilder();
        oracle.lines.forEach((name, fields) -> text.append(name).append(fields).append('\n'));
        return text.toString();
    }

    private void add(Class<?> type) {
        Class<?> known = types.put(nameOf(type), type);
        if (known == type) {
            return;
        }
        if (known != null) {
            throw new IllegalStateException("two types of one name: " + known + " and " + type);
        }
        Map<String, String> fields = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            JsonProperty property = field.getAnnotation(JsonProperty.class);
            if (property != null) {
                fields.put(property.value(), spell(field.getGenericType()));
            }
        }
        StringBuilder line = new StringBuilder();
        fields.forEach((name, spelt) -> line.append(' ').append(name).append(':').append(spelt));
        lines.put(nameOf(type), line.toString());
    }

    /** EndpointPort is the one name that two groups of the API give to different types. */
    private static String nameOf(Class<?> type) {
        boolean discovery = type.getPackageName().contains(".discovery.");
        return (discovery ? "discovery." : "") + type.getSimpleName();
    }

    private String spell(Type type) {
        if (type instanceof ParameterizedType generic) {
            String last = spell(
                    generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
            return generic.getRawType() == Map.class ? "{" + last + "}" : "[" + last + "]";
        }
        Class<?> plain = (Class<?>) type;
        String scalar = SCALARS.get(plain);
        if (scalar != null) {
            return scalar;
        }
        boolean free = List.of(plain.getDeclaredFields()).stream()
                .noneMatch(field -> field.isAnnotationPresent(JsonProperty.class))
                && List.of(plain.getDeclaredFields()).stream()
                        .anyMatch(field -> Map.class.isAssignableFrom(field.getType()))
                && plain.getSimpleName().startsWith("Fields");
        if (free || plain.isInterface()) {
            return "any";
        }
        add(plain);
        return nameOf(plain);
    }
}

package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;

/**
 * One entry of {@code status.conditions}; {@code status} is {@code True}, {@code False} or {@code
 * Unknown}.
 */
public record Condition(String type, String status, String reason) {

    static Condition read(ObjectReader object) {
        return new Condition(object.text("type"), object.text("status"), object.text("reason"));
    }

    /** Whether the list has the condition, and it is {@code True}. */
    static boolean isTrue(List<Condition> conditions, String type) {
        for (Condition condition : conditions) {
            if (condition.type.equals(type)) {
                return condition.status.equals("True");
            }
        }
        return false;
    }
}

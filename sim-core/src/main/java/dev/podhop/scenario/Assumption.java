package dev.podhop.scenario;

import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlWriter;

/**
 * One thing that a file leaves open, what it was taken to be, and why. As it is printed it can be
 * given to {@code --set}, up to the bracket, and written into a Scenario document.
 *
 * @param key below {@code spec} of a Scenario, or {@code kubeProxy.FIELD}, as a setting has it
 * @param value as a file would have it
 * @param why the evidence, or that there is none
 * @param told whether it stands beside every answer; else it is what the reference promises for a
 *     Scenario that leaves the key out
 */
public record Assumption(String key, YamlNode value, String why, boolean told) {

    /** The same, left to the reference to tell. */
    public Assumption untold() {
        return new Assumption(key, value, why, false);
    }

    /** Whether it is of kube-proxy's own configuration, which a Scenario document does not hold. */
    public boolean ofKubeProxy() {
        return key.startsWith("kubeProxy.");
    }

    /** The value in one line. */
    public String text() {
        return value instanceof Scalar scalar && !scalar.text().isEmpty() ? scalar.text()
                : YamlWriter.inline(value);
    }

    @Override
    public String toString() {
        return key + ": " + text() + " (" + why + ")";
    }
}

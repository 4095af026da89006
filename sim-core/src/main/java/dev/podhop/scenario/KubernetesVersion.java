package dev.podhop.scenario;

import dev.podhop.kubeproxy.ProxyVersion;
import java.util.Comparator;
import java.util.Optional;

/** A minor version of Kubernetes, such as 1.30. */
public record KubernetesVersion(int major, int minor) implements Comparable<KubernetesVersion> {

    /** The oldest one whose behaviour is modelled. */
    public static final KubernetesVersion OLDEST = new KubernetesVersion(1, 30);
    /** The newest one whose behaviour is modelled. */
    public static final KubernetesVersion NEWEST =
            new KubernetesVersion(1, ProxyVersion.NEWEST.minor());

    private static final Comparator<KubernetesVersion> ORDER =
            Comparator.comparingInt(KubernetesVersion::major)
                    .thenComparingInt(KubernetesVersion::minor);

    /** Reads {@code 1.30}; a leading v and a patch level ({@code v1.30.3}) are let pass. */
    public static Optional<KubernetesVersion> parse(String text) {
        if (!text.matches("v?[0-9]{1,3}\\.[0-9]{1,3}(\\.[0-9]+)?([-+].*)?")) {
            return Optional.empty();
        }
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("[.+-]");
        return Optional.of(
                new KubernetesVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }

    /** The modelled version that is nearest to this one. */
    public KubernetesVersion modelled() {
        return compareTo(OLDEST) < 0 ? OLDEST : compareTo(NEWEST) > 0 ? NEWEST : this;
    }

    /** What is to be said of it where its own behaviour is not modelled; one line. */
    public Optional<String> unmodelled() {
        return equals(modelled()) ? Optional.empty()
                : Optional.of("kubernetesVersion " + this + " is not modelled: it behaves like "
                        + modelled());
    }

    /** Whether this is {@code major.minor} or later. */
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return compareTo(new KubernetesVersion(otherMajor, otherMinor)) >= 0;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

package dev.podhop.scenario.load;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.ScenarioDocument;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was guessed about a dump, as the Scenario document that would say it: settings are laid over
 * that, and it is read like any other.
 */
final class GuessedScenario {

    private final Location where;
    private final ScenarioSpec guessed;

    private GuessedScenario(Location where, ScenarioSpec guessed) {
        this.where = where;
        this.guessed = guessed;
    }

    /** The guess under settings; null, with problems told, where they cannot be. */
    static @Nullable ScenarioSpec under(List<Setting> settings, ScenarioSpec guessed,
            Location where, Reading reading) {
        Mapping document = new GuessedScenario(where, guessed).document();
        Problems problems = reading.problems();
        for (Setting setting : settings) {
            document = setting.applyTo(document, setting.inSpec(), problems);
        }
        ScenarioDocument read = RecordForm.of(ScenarioDocument.class).read(document,
                FieldPath.root(), reading);
        return read == null ? null : read.spec();
    }

    private Mapping document() {
        return builder().text("apiVersion", ScenarioDocument.API_VERSION)
                .text("kind", ScenarioDocument.KIND)
                .object("metadata", builder().text("name", "dump").build())
                .object("spec", spec()).build();
    }

    private Mapping spec() {
        return builder().text("kubernetesVersion", guessed.kubernetesVersion().toString())
                .object("network", network()).object("loadBalancer", loadBalancers())
                .list("externalHosts", guessed.externalHosts().stream().map(this::host).toList())
                .build();
    }

    private Mapping network() {
        NetworkSpec network = guessed.network();
        return builder().text("clusterCIDR", joined(network.clusterCIDR()))
                .text("serviceCIDR", joined(network.serviceCIDR()))
                .text("gateway", joined(network.gateway()))
                .text("fabric", network.fabric().toString())
                .text("podAttachment", network.podAttachment().toString())
                .flag("ipMasq", network.ipMasq()).build();
    }

    private Mapping loadBalancers() {
        LoadBalancerSpec all = guessed.loadBalancer();
        TreeBuilder services = builder();
        all.services().forEach((name, own) -> services.object(name,
                builder().text("profile", own.keys().profile()).build()));
        return builder().text("profile", all.keys().profile())
                .object("services", services.build()).build();
    }

    private Mapping host(ExternalHost host) {
        return builder().text("name", host.name()).text("ip", text(host.ip()))
                .text("ipv6", text(host.ipv6())).number("port", host.port()).build();
    }

    private static @Nullable String text(@Nullable IpAddress address) {
        return address == null ? null : address.toString();
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private TreeBuilder builder() {
        return new TreeBuilder(where);
    }
}

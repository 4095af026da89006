package dev.podhop.scenario.form;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.AddressPattern;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LinkRef;
import dev.podhop.scenario.PatchTarget;
import dev.podhop.scenario.PlacePattern;
import dev.podhop.scenario.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The forms of what stands for something else in the file: sources, targets, objects, links. */
public final class TargetForms {

    /** For the schema only, which cannot say all that the parsers know. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9.-]*";
    private static final List<String> OBJECT_KINDS =
            Arrays.stream(ApiKind.values()).map(ApiKind::singular).toList();

    public static final ScalarForm<Source> SOURCE = ScalarForm.text(
            "pod/NAME, pod/NS/NAME, node/NAME, external/NAME or deployment/NAME",
            "^(pod|deployment)/" + NAME + "(/" + NAME + ")?$|^(node|external)/" + NAME + "$",
            scalar -> parseSource(scalar.text()));

    public static final ScalarForm<FlowTarget> TARGET =
            ScalarForm.text(TargetParser.WORDS, "^.+:.+$",
                    scalar -> TargetParser.parse(scalar.text()));

    public static final ScalarForm<ObjectKey> OBJECT = ScalarForm.text(
            "KIND/NAME or KIND/NS/NAME, such as pod/web-1", "^[a-z]+/" + NAME + "(/" + NAME + ")?$",
            scalar -> object(scalar.text()));

    public static final ScalarForm<PatchTarget> PATCHED = ScalarForm.text(
            "KIND/NAME or KIND/NS/NAME, such as pod/web-1, or loadbalancer/NAME",
            "^[a-z]+/" + NAME + "(/" + NAME + ")?$", scalar -> patched(scalar.text()));

    public static final ScalarForm<LinkRef> LINK = ScalarForm.text(
            "link/node/NAME, link/pod/NAME or link/external/NAME",
            "^link/(node|pod|external)/" + NAME + "(/" + NAME + ")?$",
            scalar -> link(Slashed.of(scalar.text())));

    public static final ScalarForm<FaultTarget> FAULT = ScalarForm.text(
            "node/NAME, kube-proxy/NODE, link/node/NAME, link/pod/NAME, link/external/NAME or"
                    + " healthCheck/SERVICE",
            "^(node|kube-proxy|healthCheck|link/node|link/pod|link/external)/" + NAME + "(/" + NAME
                    + ")?$",
            scalar -> fault(scalar.text()));

    public static final ScalarForm<AddressPattern> ADDRESS_PATTERN = ScalarForm.parsed(
            "IP, IP:port or [IPv6]:port", "^[0-9a-fA-F.:\\[\\]]+$", TargetForms::addressPattern);

    public static final ScalarForm<PlacePattern> PLACE = ScalarForm.parsed(
            "a namespace such as pod/client, node/n1, edge or external/ext, with * for any letters",
            "^(edge|\\.\\.\\.|.*\\*.*|(node|pod|external)/.+)$", TargetForms::place);

    private TargetForms() {}

    /**
     * Reads a source that stands in no file.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Source source(String text) {
        return SOURCE.parse(text);
    }

    /**
     * Reads a target that stands in no file.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static FlowTarget target(String text) {
        return TARGET.parse(text);
    }

    /** Who can send: what has a network namespace of its own, and workloads for all their pods. */
    private static Source parseSource(String text) throws Mismatch {
        Slashed slashed = Slashed.of(text);
        return switch (slashed.first()) {
            case "pod" -> new Source.PodSource(slashed.namespace(), slashed.name());
            case "deployment" -> new Source.DeploymentSource(slashed.namespace(), slashed.name());
            case "node" -> new Source.NodeSource(slashed.onlyName());
            case "external" -> new Source.ExternalSource(slashed.onlyName());
            default -> throw slashed.mismatch(SOURCE.words(),
                    List.of("pod", "node", "external", "deployment"));
        };
    }

    /** kubectl's words for kinds are understood: {@code po/web}, {@code deploy/web}. */
    private static ObjectKey object(String text) throws Mismatch {
        Slashed slashed = Slashed.of(text);
        Optional<ApiKind> kind = ApiKind.ofWord(slashed.first());
        if (kind.isEmpty()) {
            throw slashed.mismatch(OBJECT.words(), OBJECT_KINDS);
        }
        return kind.get().namespaced()
                ? new ObjectKey(kind.get(), slashed.namespace(), slashed.name())
                : new ObjectKey(kind.get(), "", slashed.onlyName());
    }

    /** A load balancer is named by its Service, or by the cloud. */
    private static PatchTarget patched(String text) throws Mismatch {
        Slashed slashed = Slashed.of(text);
        return slashed.first().equals("loadbalancer")
                ? new PatchTarget.LoadBalancerTarget(slashed.namespace(), slashed.name())
                : new PatchTarget.ObjectTarget(object(text));
    }

    /** A link has no name of its own; it is that of its lower end. */
    private static LinkRef link(Slashed slashed) throws Mismatch {
        if (!slashed.first().equals("link")) {
            throw slashed.mismatch(LINK.words(), List.of("link"));
        }
        Slashed end = slashed.rest();
        return switch (end.first()) {
            case "pod" -> new LinkRef(LinkRef.End.POD, end.namespace(), end.name());
            case "node" -> new LinkRef(LinkRef.End.NODE, "", end.onlyName());
            case "external" -> new LinkRef(LinkRef.End.EXTERNAL, "", end.onlyName());
            default -> throw new Mismatch(LINK.words());
        };
    }

    private static FaultTarget fault(String text) throws Mismatch {
        Slashed slashed = Slashed.of(text);
        return switch (slashed.first()) {
            case "node" -> new FaultTarget.NodeFault(slashed.onlyName());
            case "kube-proxy" -> new FaultTarget.KubeProxyFault(slashed.onlyName());
            case "link" -> new FaultTarget.LinkFault(link(slashed));
            case "healthCheck" -> new FaultTarget.HealthCheckFault(slashed.namespace(),
                    slashed.name());
            default -> throw slashed.mismatch(FAULT.words(),
                    List.of("node", "kube-proxy", "link", "healthCheck"));
        };
    }

    private static Optional<AddressPattern> addressPattern(String text) {
        Optional<AddressPattern> bare =
                IpAddress.parse(text).map(address -> new AddressPattern(address, 0));
        return bare.isPresent() ? bare
                : TargetParser.endpoint(text)
                        .map(endpoint -> new AddressPattern(endpoint.address(), endpoint.port()));
    }

    /** As {@code Place.label} writes namespaces; there is one edge. */
    private static Optional<PlacePattern> place(String text) {
        boolean sound = text.equals("...") || text.equals("edge")
                || text.contains("*") && text.matches("[A-Za-z0-9./*-]+")
                || text.matches("(pod|node|external)/[A-Za-z0-9.-]+(/[A-Za-z0-9.-]+)?");
        return sound ? Optional.of(new PlacePattern(text)) : Optional.empty();
    }
}

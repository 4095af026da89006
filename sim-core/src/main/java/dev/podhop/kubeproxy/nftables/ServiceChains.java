package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules and elements of one Service port on one node, one method each: the renderer and the
 * trace both take their text from here.
 */
final class ServiceChains {

    private static final String MARK = "jump mark-for-masquerade";
    private static final String LOCAL_SOURCE = "fib saddr type local ";

    private final ServicePortInfo info;
    private final FamilyNode node;
    private final ProxyConfig config;
    private final String ip;
    private final String base;

    ServiceChains(ServedPort served, FamilyNode node, ProxyConfig config) {
        this.info = served.info();
        this.node = node;
        this.config = config;
        this.ip = BaseChains.word(node.family());
        this.base = HashedNames.service(info.name());
    }

    /** Balances over all endpoints. */
    String clusterChain() {
        return "service-" + base;
    }

    /** Balances over this node's endpoints. */
    String localChain() {
        return "local-" + base;
    }

    /** Takes whatever comes by an external address. */
    String externalChain() {
        return "external-" + base;
    }

    /** Checks source ranges. */
    String firewallChain() {
        return "firewall-" + base;
    }

    String chainFor(boolean local) {
        return local ? localChain() : clusterChain();
    }

    private String internalChain() {
        return chainFor(info.internalPolicyLocal());
    }

    /** By which the maps know it; a map has one element for a key, be it of which Service. */
    String key(IpAddress address) {
        return address + " . " + info.name().protocol().lowerCase() + " . " + info.port();
    }

    private String portKey() {
        return info.name().protocol().lowerCase() + " . " + info.nodePort();
    }

    private String commented(String key) {
        return key + " comment \"" + info.name() + "\"";
    }

    /** Element of {@code service-ips}. */
    String capture(IpAddress address, boolean internal) {
        return key(address) + " : goto " + (internal ? internalChain() : externalChain());
    }

    /** Element of {@code service-nodeports}. */
    String captureNodePort() {
        return portKey() + " : goto " + externalChain();
    }

    /** Element of {@code no-endpoint-services}. */
    String refuse(IpAddress address, boolean somewhere) {
        return commented(key(address)) + " : " + refusal(somewhere);
    }

    /** Element of {@code no-endpoint-nodeports}. */
    String refuseNodePort(boolean somewhere) {
        return commented(portKey()) + " : " + refusal(somewhere);
    }

    private static String refusal(boolean somewhere) {
        return somewhere ? "drop" : "goto " + BaseChains.REJECT_CHAIN;
    }

    /** Element of {@code firewall-ips}. */
    String gate(IpAddress vip) {
        return commented(key(vip)) + " : goto " + firewallChain();
    }

    /** Drops who is in none of the ranges. */
    NftRule dropUnallowed() {
        List<Cidr> allowed = new ArrayList<>(info.loadBalancerSourceRanges());
        if (Decider.allowsNode(info, node)) {
            info.loadBalancerVips().forEach(vip -> allowed.add(Cidr.host(vip)));
        }
        return new NftRule(firewallChain(),
                ip + " saddr != " + SourceSet.text(allowed) + " drop");
    }

    /** Marks what comes for the ClusterIP: all of it, or what is not from a pod. */
    NftRule markInternal() {
        String source = config.masqueradeAll() ? "" : fromPod(false);
        return new NftRule(internalChain(), ip + " daddr " + info.clusterIp() + " "
                + info.name().protocol().lowerCase() + " dport " + info.port() + " " + source
                + MARK);
    }

    private String fromPod(boolean wanted) {
        String not = wanted ? "" : "!= ";
        return switch (node.detector()) {
            case LocalTrafficDetector.None none -> "";
            case LocalTrafficDetector.BySource source -> ip + " saddr " + not + source.range()
                    + " ";
            case LocalTrafficDetector.ByDevice device -> word() + " " + not + "\""
                    + device.device() + (device.isPrefix() ? "*" : "") + "\" ";
        };
    }

    private String word() {
        return config.version().nftMatchesDeviceNames() ? "iifname" : "iif";
    }

    private NftRule external(String text) {
        return new NftRule(externalChain(), text);
    }

    NftRule markExternal() {
        return external(MARK);
    }

    NftRule externalFromPod() {
        return external(fromPod(true) + "goto " + clusterChain()
                + " comment \"short-circuit pod traffic\"");
    }

    NftRule markExternalFromNode() {
        return external(LOCAL_SOURCE + MARK + " comment \"masquerade local traffic\"");
    }

    NftRule externalFromNode() {
        return external(LOCAL_SOURCE + "goto " + clusterChain()
                + " comment \"short-circuit local traffic\"");
    }

    NftRule externalByPolicy() {
        return external("goto " + chainFor(info.externalPolicyLocal()));
    }

    /** Draws one of a set's endpoints. */
    NftRule choose(EndpointSet set, boolean local, EndpointChains... wanted) {
        List<String> elements = new ArrayList<>();
        for (EndpointChains each : wanted) {
            elements.add(each.number() + " : goto " + each.chain());
        }
        return new NftRule(chainFor(local), "numgen random mod " + set.size() + " vmap { "
                + String.join(", ", elements) + " }");
    }

    EndpointChains[] endpoints(EndpointSet set) {
        EndpointChains[] chains = new EndpointChains[set.size()];
        for (int i = 0; i < chains.length; i++) {
            chains[i] = endpoint(set, i);
        }
        return chains;
    }

    EndpointChains endpoint(EndpointSet set, int index) {
        return new EndpointChains(info, set.get(index), index, ip);
    }
}

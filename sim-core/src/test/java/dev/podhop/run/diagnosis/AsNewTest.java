package dev.podhop.run.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.FixLaw;
import dev.podhop.scenario.LoadedScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server has printed stands as it is; what is edited in it has to be allowed. */
class AsNewTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            service/inner.externalTrafficPolicy=Local        | false
            service/inner.externalTrafficPolicy=Cluster      | false
            service/inner.allocateLoadBalancerNodePorts=true | false
            service/inner.internalTrafficPolicy=Local        | true
            service/inner.selector={app: api}                | true
            service/outer.externalTrafficPolicy=Local        | true
            service/odd.sessionAffinity=ClientIP             | true
            service/odd.externalTrafficPolicy=Local          | false
            endpointslice/inner-1=null                       | true
            """)
    void anEditBringsNoObjectionOfItsOwn(String setting, boolean taken) throws IOException {
        LoadedScenario printed =
                FixLaw.load(Files.writeString(folder.resolve("d.yaml"), DUMP), List.of());

        assertThat(AsNew.bringsNoObjection(printed, printed.set(List.of(setting)).orElseThrow()))
                .isEqualTo(taken);
    }

    /** One Service only within, one that is reached from outside, one with a port out of range. */
    private static final String DUMP = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Node
              metadata: {name: n1, uid: u0, resourceVersion: '1'}
              spec: {podCIDR: 10.244.1.0/24}
              status:
                addresses: [{type: InternalIP, address: 10.0.0.11}]
                nodeInfo: {kubeletVersion: v1.34.0}
            - apiVersion: v1
              kind: Service
              metadata: {name: inner, namespace: default, uid: u1, resourceVersion: '1'}
              spec: {type: ClusterIP, clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9],
                selector: {app: web}, ports: [{port: 80, protocol: TCP, targetPort: 80}]}
            - apiVersion: v1
              kind: Service
              metadata: {name: outer, namespace: default, uid: u2, resourceVersion: '1'}
              spec: {type: NodePort, clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10],
                selector: {app: web},
                ports: [{port: 80, protocol: TCP, targetPort: 80, nodePort: 30080}]}
            - apiVersion: v1
              kind: Service
              metadata: {name: odd, namespace: default, uid: u3, resourceVersion: '1'}
              spec: {type: ClusterIP, clusterIP: 10.96.0.11, clusterIPs: [10.96.0.11],
                externalTrafficPolicy: Cluster, selector: {app: web},
                ports: [{port: 80, protocol: TCP, targetPort: 80}]}
            - apiVersion: discovery.k8s.io/v1
              kind: EndpointSlice
              metadata:
                name: inner-1
                namespace: default
                uid: u4
                labels: {kubernetes.io/service-name: inner,
                  endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}
              addressType: IPv4
              endpoints: [{addresses: [10.244.1.9], conditions: {ready: true}}]
              ports: [{port: 80, protocol: TCP, name: ''}]
            """;
}

package dev.podhop.cluster;

import dev.podhop.engine.Simulation;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.SyncCost;
import dev.podhop.kubeproxy.TableHistory;
import dev.podhop.workload.Traffic;

/**
 * What all nodes' kube-proxies share.
 *
 * @param runnerEvents type of event whose target is a node's place among the proxies
 */
record ProxyContext(ClusterConfig config, ProxyConfig proxy, Simulation simulation,
        Traffic workload, StateLog log, ApiStore store, TableHistory history, SyncCost cost,
        int runnerEvents) {}

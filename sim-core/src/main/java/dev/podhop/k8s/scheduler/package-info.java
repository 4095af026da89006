/**
 * Where a pod goes: the default scheduler's questions about one pod and all nodes, without its
 * clock, which is the {@code Scheduler} among the controllers.
 *
 * <pre>
 * pod --&gt; which nodes may it go to? --&gt; which of them is best? --&gt; a node, or none
 *         NodeFilter, PodNeighbours,    NodeOrder for most pods,
 *         SpreadRules                   else Placement
 * </pre>
 *
 * <p>Models nodeName's absence, nodeSelector, node affinity, taints and cordons, host ports, pod
 * affinity and anti-affinity in both directions, and topology spread constraints; the rules are
 * those of {@code pkg/scheduler/framework/plugins}. Leaves out resources, volumes, preemption and
 * priorities. What is best is simplified: Kubernetes adds weighted scores and draws among equals,
 * here one wish after another decides, and last the order of the nodes. Validated by stories, and
 * against a scheduler that asks every node about every pod, on random clusters.
 */
@NullMarked
package dev.podhop.k8s.scheduler;

import org.jspecify.annotations.NullMarked;

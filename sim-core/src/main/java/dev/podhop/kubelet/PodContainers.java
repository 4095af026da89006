package dev.podhop.kubelet;

import dev.podhop.k8s.ContainerStatus;
import java.util.List;

/**
 * What kubelet reports of a pod's containers.
 *
 * @param init {@code initContainerStatuses}, in the pod's order
 * @param main {@code containerStatuses}, in the pod's order
 * @param written whether kubelet has written it in the run; else the pod runs as it was found
 */
public record PodContainers(List<ContainerStatus> init, List<ContainerStatus> main,
        boolean written) {

    public PodContainers {
        init = List.copyOf(init);
        main = List.copyOf(main);
    }
}

package dev.podhop.scenario;

/** One-way delays of the three kinds of links. */
public record LatencySpec(
        @Key(value = "Between a pod and its node.", byDefault = "20us")
        LinkQuality pod,
        @Key(value = "Between a node and the edge, or the segment's other nodes.",
                byDefault = "200us")
        LinkQuality node,
        @Key(value = "Between an external host and the edge.",
                byDefault = "10ms")
        LinkQuality external) {}

package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;

/** A setting of the kernel, as {@code sysctl -a} prints it. */
public record DumpedSetting(String name, String value, Location where) {}

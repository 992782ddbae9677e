package io.serin.workload;

/** A container port of the target that its Services expose as well, under the same number. */
public record DiscoveredPort(String name, int port) {}

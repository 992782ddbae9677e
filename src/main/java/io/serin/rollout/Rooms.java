package io.serin.rollout;

import io.serin.traffic.Routers;
import io.serin.workload.Configs;
import io.serin.workload.Targets;

/**
 * The pure rooms that know how objects look.
 *
 * @param targets kinds of workload
 * @param configs tracked configuration
 * @param routers providers
 */
public record Rooms(Targets targets, Configs configs, Routers routers) {}

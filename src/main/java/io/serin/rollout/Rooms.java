package io.serin.rollout;

import io.serin.traffic.Routers;
import io.serin.workload.Configs;
import io.serin.workload.Services;
import io.serin.workload.Targets;

/**
 * The pure rooms that know how objects look.
 *
 * @param targets kinds of workload
 * @param services the Services of a canary
 * @param configs tracked configuration
 * @param routers providers
 */
public record Rooms(Targets targets, Services services, Configs configs, Routers routers) {}

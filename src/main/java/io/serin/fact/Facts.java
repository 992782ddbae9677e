package io.serin.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a policy sees in a tick before it asks for evidence. A snapshot: two policies given
 * equal facts and equal evidence give equal verdicts.
 *
 * @param rollout the canary itself
 * @param revision its revisions; null while the target cannot be read
 * @param workloads the copies of the application that exist
 * @param traffic observed traffic; null while it cannot be read
 * @param hooks declared webhooks that can be asked
 * @param checks declared metrics
 * @param interventions words of people
 * @param problems what must be put right first
 * @param moment the time
 * @param surroundings what only packs look at
 */
public record Facts(
    Rollout rollout,
    @Nullable Revision revision,
    List<Workload> workloads,
    @Nullable Traffic traffic,
    List<Hook> hooks,
    List<Check> checks,
    List<Intervention> interventions,
    List<Problem> problems,
    Moment moment,
    Surroundings surroundings) {

  /** Copies the lists; recordings of older versions have no surroundings. */
  public Facts {
    surroundings = Objects.requireNonNullElse(surroundings, Surroundings.NONE);
    workloads = List.copyOf(workloads);
    hooks = List.copyOf(hooks);
    checks = List.copyOf(checks);
    interventions = List.copyOf(interventions);
    problems = List.copyOf(problems);
  }

  /** Facts without surroundings. */
  public Facts(
      Rollout rollout,
      @Nullable Revision revision,
      List<Workload> workloads,
      @Nullable Traffic traffic,
      List<Hook> hooks,
      List<Check> checks,
      List<Intervention> interventions,
      List<Problem> problems,
      Moment moment) {
    this(
        rollout,
        revision,
        workloads,
        traffic,
        hooks,
        checks,
        interventions,
        problems,
        moment,
        Surroundings.NONE);
  }

  /** The same in other surroundings. */
  public Facts in(Surroundings others) {
    return others.equals(surroundings)
        ? this
        : new Facts(
            rollout,
            revision,
            workloads,
            traffic,
            hooks,
            checks,
            interventions,
            problems,
            moment,
            others);
  }

  /** The same with other problems. */
  public Facts with(List<Problem> others) {
    return others.equals(problems)
        ? this
        : new Facts(
            rollout,
            revision,
            workloads,
            traffic,
            hooks,
            checks,
            interventions,
            others,
            moment,
            surroundings);
  }

  /** The facts as a flat list, in a fixed order. */
  public List<Object> all() {
    List<Object> all = new ArrayList<>();
    all.add(rollout);
    if (revision != null) {
      all.add(revision);
    }
    all.addAll(workloads);
    if (traffic != null) {
      all.add(traffic);
    }
    all.addAll(hooks);
    all.addAll(checks);
    all.addAll(interventions);
    all.addAll(problems);
    all.add(moment);
    all.addAll(surroundings.all());
    return all;
  }

  /** The copy in that role, or null. */
  public @Nullable Workload workload(Workload.Role role) {
    return workloads.stream().filter(w -> w.role() == role).findFirst().orElse(null);
  }
}

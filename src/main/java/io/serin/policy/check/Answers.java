package io.serin.policy.check;

import io.serin.api.WebhookType;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.policy.profile.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The webhooks of a Canary, up to two, each not asked yet, open or closed. */
final class Answers {

  /** How many are there at the same time. */
  static final int AT_ONCE = 2;

  private final Boundaries boundaries;
  private final Distinct hooks;
  private final Distinct gates;
  private final List<List<Object>> single = new ArrayList<>();

  private Answers(Boundaries boundaries, List<Rule> rules) {
    this.boundaries = boundaries;
    this.hooks = new Distinct(rules, pattern -> pattern.fact() == Hook.class);
    this.gates = new Distinct(rules, pattern -> pattern.fact() == Gate.class);
  }

  /**
   * Combines them.
   *
   * @param alike two of one type, too
   */
  static List<List<Object>> of(Boundaries boundaries, List<Rule> rules, boolean alike) {
    Answers answers = new Answers(boundaries, rules);
    for (WebhookType type : WebhookType.values()) {
      if (type != WebhookType.EVENT && type != WebhookType.POST_ROLLOUT) {
        answers.names(type).forEach(name -> answers.of(name, type));
      }
    }
    return answers.combined(alike);
  }

  private Set<String> names(WebhookType type) {
    Set<String> names = new LinkedHashSet<>(boundaries.texts(Hook.class, "name", type.wireName()));
    names.addAll(boundaries.texts(Gate.class, "name", type.wireName()));
    return names;
  }

  private void of(String name, WebhookType type) {
    int order = single.size();
    List<Hook> declared = new ArrayList<>();
    boundaries.each(
        Hook.class,
        new Choices().only("name", name).only("type", type).only("order", order),
        _ -> true,
        declared::add);
    for (Hook hook : hooks.of(declared, _ -> type)) {
      single.add(List.of(hook));
      gates(hook).forEach(gate -> single.add(List.of(hook, gate)));
    }
  }

  private List<Gate> gates(Hook hook) {
    List<Gate> answered = new ArrayList<>();
    boundaries.each(
        Gate.class,
        new Choices()
            .only("name", hook.name())
            .only("type", hook.type())
            .only("order", hook.order())
            .only("muteAlert", hook.muteAlert())
            .usually("answer", "", "no"),
        gate -> gate.open() == gate.answer().isEmpty(),
        answered::add);
    return gates.of(answered, Gate::open);
  }

  private List<List<Object>> combined(boolean alike) {
    List<List<Object>> all = new ArrayList<>();
    all.add(List.of());
    all.addAll(single);
    for (List<Object> one : single) {
      for (List<Object> other : single) {
        if (together((Hook) one.getFirst(), (Hook) other.getFirst(), alike)) {
          List<Object> both = new ArrayList<>(one);
          both.addAll(other);
          all.add(both);
        }
      }
    }
    return all;
  }

  private static boolean together(Hook one, Hook other, boolean alike) {
    int types = one.type().compareTo(other.type());
    return types < 0 || alike && types == 0 && one.order() < other.order();
  }
}

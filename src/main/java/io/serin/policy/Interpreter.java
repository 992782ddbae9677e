package io.serin.policy;

import io.serin.policy.profile.Action;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Rule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides without the engine, rule by rule; for checks that must ask about single rules. Gives what
 * the engine gives (that is a test), slower for a whole policy and faster for a single rule.
 */
public final class Interpreter {

  private static final Map<String, Method> VERBS = verbs();

  private final List<Rule> rules;

  /** Of these rules. */
  public Interpreter(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** What the rules propose over that memory, the most careful first. */
  public List<Proposal> propose(Collection<?> memory) {
    return Resolution.byCaution(run(memory, false).proposals());
  }

  /** What the rules ask over that memory. */
  public List<Asked> ask(Collection<?> memory) {
    return run(memory, true).asked();
  }

  private Decide run(Collection<?> memory, boolean asking) {
    Evaluator evaluator = new Evaluator(memory);
    Decide decide = new Decide();
    for (Rule rule : rules) {
      if (rule.asks() == asking) {
        for (Map<String, Object> bound : evaluator.all(rule.when())) {
          decide.firing(rule.name(), List::of);
          rule.then().forEach(a -> say(decide, a, bound));
        }
      }
    }
    return decide;
  }

  private static void say(Decide decide, Action action, Map<String, Object> bound) {
    Method verb = VERBS.get(action.verb().name());
    @Nullable Object[] values = new @Nullable Object[action.arguments().size()];
    for (int i = 0; i < values.length; i++) {
      Expr argument = action.arguments().get(i);
      Object value = Evaluator.value(argument, null, bound);
      values[i] = value instanceof Long number ? (Object) number.intValue() : value;
    }
    try {
      if (verb != null) {
        verb.invoke(decide, values);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("decide." + action.verb().name() + " failed", e);
    }
  }

  private static Map<String, Method> verbs() {
    Map<String, Method> verbs = new HashMap<>();
    Arrays.stream(Decide.class.getMethods())
        .filter(m -> m.getDeclaringClass() == Decide.class)
        .forEach(m -> verbs.put(m.getName(), m));
    return Map.copyOf(verbs);
  }
}

package io.serin.policy;

import io.serin.fact.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.base.base.ClassObjectType;
import org.drools.core.impl.InternalRuleBase;
import org.drools.model.Condition;
import org.drools.model.DSL;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.SingleConstraint;
import org.drools.model.impl.ModelImpl;
import org.drools.model.impl.RuleImpl;
import org.drools.model.patterns.CompositePatterns;
import org.drools.model.patterns.PatternImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;

/**
 * Builds the engine's network for the rules of a policy. Two things are added to what their author
 * wrote: rules that ask and rules that propose get agenda groups, of which one fires at a time; and
 * rules that do not match the rollout match the {@link Tick}, so that they fire anew in each
 * decision that a session takes.
 */
final class Network {

  /** Agenda group of the rules that ask. */
  static final String ASKING = "ask";

  /** Agenda group of the rules that propose. */
  static final String PROPOSING = "propose";

  private Network() {}

  /**
   * What tells one decision of a session from the next. Rules that match the rollout need no other:
   * that comes and goes with the decision, too. Others would fire once for facts that are the same
   * in many decisions, or for what is in none of them.
   */
  static final class Tick {}

  static KieBase of(Model model, Set<String> asks) {
    ModelImpl all = new ModelImpl();
    for (Rule rule : model.getRules()) {
      all.addRule(inGroup(rule, asks.contains(rule.getName()) ? ASKING : PROPOSING));
    }
    model.getGlobals().forEach(all::addGlobal);
    return KieBaseBuilder.createKieBaseFromModel(all);
  }

  /** The kinds of facts that some rule looks at. */
  static Set<Class<?>> kinds(KieBase base) {
    return ((InternalRuleBase) base)
        .getRete().getObjectTypeNodes().stream()
            .map(node -> ((ClassObjectType) node.getObjectType()).getClassType())
            .collect(Collectors.toSet());
  }

  /** Whether such facts are inserted anew for each decision, equal or not. */
  static boolean comesWithEachTick(Class<?> type) {
    return type == Rollout.class || type == Tick.class;
  }

  private static Rule inGroup(Rule rule, String group) {
    return new RuleImpl(
        rule.getPackage(),
        rule.getName(),
        rule.getUnit(),
        everyTick((CompositePatterns) rule.getView()),
        Map.of(Rule.Attribute.AGENDA_GROUP, group),
        rule.getMetaData());
  }

  private static CompositePatterns everyTick(CompositePatterns when) {
    if (when.getSubConditions().stream().noneMatch(Network::matchesTheRollout)) {
      when.addCondition(
          0, new PatternImpl<>(DSL.declarationOf(Tick.class), SingleConstraint.TRUE, List.of()));
    }
    return when;
  }

  private static boolean matchesTheRollout(Condition condition) {
    return switch (condition.getType()) {
      case PATTERN -> ((Pattern<?>) condition).getPatternVariable().getType() == Rollout.class;
      case AND -> condition.getSubConditions().stream().anyMatch(Network::matchesTheRollout);
      default -> false;
    };
  }
}

package io.serin.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.model.Condition;
import org.drools.model.DSL;
import org.drools.model.Model;
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
 * rules that match no fact match the {@link Tick}, so that they fire anew in each decision that a
 * session takes.
 */
final class Network {

  /** Agenda group of the rules that ask. */
  static final String ASKING = "ask";

  /** Agenda group of the rules that propose. */
  static final String PROPOSING = "propose";

  private Network() {}

  /**
   * What tells one decision of a session from the next. Rules that match a fact need no other: that
   * comes and goes with the decision. Rules that only say what is not there would fire once in the
   * life of a session.
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
    if (when.getSubConditions().stream().noneMatch(Network::matchesAFact)) {
      when.addCondition(
          0, new PatternImpl<>(DSL.declarationOf(Tick.class), SingleConstraint.TRUE, List.of()));
    }
    return when;
  }

  private static boolean matchesAFact(Condition condition) {
    return switch (condition.getType()) {
      case PATTERN -> true;
      case AND -> condition.getSubConditions().stream().anyMatch(Network::matchesAFact);
      default -> false;
    };
  }
}

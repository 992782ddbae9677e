package io.serin.policy.profile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.QueryDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Reads one rule. */
final class RuleReader {

  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile(
          "[\\p{L}\\p{N} .,:;'()/_%+<>=!?-]{1," + ProfileLimits.NAME + "}");

  private final String file;
  private final String text;

  RuleReader(String file, String text) {
    this.file = file;
    this.text = text;
  }

  Rule read(RuleDescr descr) {
    int line = descr.getLine();
    refuseExtras(descr, line);
    Scope scope = new Scope();
    List<Condition> when = new ConditionReader(line).readAll(descr.getLhs(), scope);
    Cost.check(when, line);
    String consequence = descr.getConsequence() instanceof String s ? s : "";
    List<Action> then = ActionReader.read(consequence, consequenceLine(descr, consequence), scope);
    return new Rule(descr.getName(), file, line, when, then);
  }

  private static void refuseExtras(RuleDescr descr, int line) {
    if (descr instanceof QueryDescr || descr.isQuery()) {
      throw new Refused(line, "queries are not allowed in a policy");
    }
    if (descr.getParentName() != null || descr.hasParent()) {
      throw new Refused(line, "a rule may not extend another; repeat the conditions");
    }
    if (!NAME.matcher(String.valueOf(descr.getName())).matches()) {
      throw new Refused(
          line,
          "a rule's name is a sentence of at most "
              + ProfileLimits.NAME
              + " letters, digits and plain punctuation");
    }
    if (!descr.getAnnotationNames().isEmpty()) {
      throw new Refused(
          line, "annotations (" + descr.getAnnotationNames() + ") are not allowed on rules");
    }
    if (!descr.getNamedConsequences().isEmpty()) {
      throw new Refused(line, "named consequences are not allowed in rules");
    }
    if (descr.getUnit() != null) {
      throw new Refused(line, "rule units are not allowed in a policy");
    }
    if (descr.getLhs() == null) {
      throw new Refused(line, "the rule has no conditions; write when … then … end");
    }
    attributes(descr.getAttributes(), line);
  }

  private static void attributes(Map<String, AttributeDescr> attributes, int line) {
    for (AttributeDescr attribute : attributes.values()) {
      boolean salience = Set.of("salience").contains(attribute.getName());
      if (!salience) {
        throw new Refused(
            Math.max(line, attribute.getLine()),
            "rule attribute '"
                + ExprReader.brief(attribute.getName())
                + "' is not allowed; only a constant salience is");
      }
      if (!String.valueOf(attribute.getValue()).strip().matches("-?[0-9]{1,6}")) {
        throw new Refused(
            Math.max(line, attribute.getLine()),
            "salience must be a number, not '"
                + ExprReader.brief(String.valueOf(attribute.getValue()))
                + "'");
      }
    }
  }

  /** Line on which the text of the right-hand side begins. */
  private int consequenceLine(RuleDescr descr, String consequence) {
    int line = Math.max(1, descr.getConsequenceLine());
    int from = 0;
    for (int i = 1; i < line && from >= 0; i++) {
      from = text.indexOf('\n', from) + 1;
    }
    String first = consequence.lines().findFirst().orElse("");
    int at = text.indexOf(first, text.indexOf("then", Math.max(0, from)) + 4);
    if (at < 0) {
      return line;
    }
    return line + (int) text.substring(from, at).chars().filter(c -> c == '\n').count();
  }
}

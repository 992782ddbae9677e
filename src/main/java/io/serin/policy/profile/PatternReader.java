package io.serin.policy.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;

/** Reads one pattern: a fact type, bindings and constraints. */
final class PatternReader {

  private static final java.util.regex.Pattern BINDING =
      java.util.regex.Pattern.compile("(?s)\\s*([\\w$]+)\\s*:(?![=:])(.*)");

  private PatternReader() {}

  /** Reads it and declares its variables in the scope. */
  static Pattern read(PatternDescr descr, Scope scope) {
    int line = descr.getLine();
    refuseExtras(descr, line);
    if (descr.getObjectType() == null) {
      throw new Refused(
          line, "paths such as /rollout[ … ] are not allowed in rules; write Rollout( … )");
    }
    Class<?> fact = Vocabulary.fact(descr.getObjectType());
    if (fact == null) {
      throw new Refused(
          line,
          "'"
              + ExprReader.brief(descr.getObjectType())
              + "' is not a fact; rules know "
              + String.join(", ", Vocabulary.FACTS.stream().map(Class::getSimpleName).toList()));
    }
    String binding = descr.getIdentifier();
    if (binding != null) {
      scope.declare(binding, new Type(Type.Kind.FACT, fact, false), line);
    }
    if (descr.getDescrs().size() > ProfileLimits.CONSTRAINTS) {
      throw new Refused(
          line,
          "a pattern has %d constraints; at most %d are allowed"
              .formatted(descr.getDescrs().size(), ProfileLimits.CONSTRAINTS));
    }
    Map<String, Attribute> bound = new LinkedHashMap<>();
    List<Constraint> constraints = new ArrayList<>();
    for (BaseDescr inner : descr.getDescrs()) {
      constraint(inner, fact, scope, line, bound, constraints);
    }
    return new Pattern(binding, fact, bound, constraints, line);
  }

  static void refuseExtras(PatternDescr descr, int line) {
    if (!descr.getAnnotations().isEmpty() || !descr.getAnnotationNames().isEmpty()) {
      throw new Refused(line, "annotations are not allowed in rules");
    }
    if (descr.isQuery() || descr.isUnification()) {
      throw new Refused(line, "queries and unification (:=) are not allowed in rules");
    }
    if (descr.getBehaviors() != null && !descr.getBehaviors().isEmpty()) {
      throw new Refused(line, "windows ('over') are not allowed in rules");
    }
    if (descr.getSource() != null) {
      throw new Refused(
          line, "'from' is not allowed in rules; they see the facts of the tick only");
    }
  }

  private static void constraint(
      BaseDescr descr,
      Class<?> fact,
      Scope scope,
      int outer,
      Map<String, Attribute> bound,
      List<Constraint> constraints) {
    int line = Math.max(outer, descr.getLine());
    if (!(descr instanceof ExprConstraintDescr expression)
        || expression.getType() != ExprConstraintDescr.Type.NAMED) {
      throw new Refused(
          line, "constraints by position are not allowed in rules; name the attribute");
    }
    Matcher binding = BINDING.matcher(expression.getExpression());
    if (binding.matches()) {
      bind(binding.group(1), binding.group(2), fact, scope, line, bound);
      return;
    }
    constraints.add(constraint(expression.getExpression(), fact, scope, line));
  }

  static Constraint constraint(String text, Class<?> fact, Scope scope, int line) {
    Expr test = new ExprReader(fact, scope, line).parse(text);
    if (test.type().kind() != Type.Kind.TRUTH) {
      throw new Refused(
          line,
          "'" + ExprReader.brief(text) + "' is a " + test.type().words() + ", not a condition");
    }
    return new Constraint(test, line);
  }

  private static void bind(
      String name,
      String text,
      Class<?> fact,
      Scope scope,
      int line,
      Map<String, Attribute> bound) {
    Expr value = new ExprReader(fact, new Scope(), line).parse(text);
    if (!(value instanceof Expr.Field field)) {
      throw new Refused(
          line,
          "variable "
              + name
              + " can hold an attribute only; write the comparison as a constraint of its own");
    }
    scope.declare(name, field.type(), line);
    bound.put(name, field.attribute());
  }
}

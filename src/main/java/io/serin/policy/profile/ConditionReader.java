package io.serin.policy.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotatedBaseDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;

/** Reads the left-hand side of a rule; what it does not know, it refuses. */
final class ConditionReader {

  private static final Set<String> FUNCTIONS = Set.of("count", "sum", "min", "max", "average");

  /** Exactly these; what extends one of them is another thing. */
  private static final Set<Class<?>> KNOWN =
      Set.of(
          PatternDescr.class,
          NotDescr.class,
          ExistsDescr.class,
          ForallDescr.class,
          AndDescr.class,
          OrDescr.class,
          EvalDescr.class);

  private final int ruleLine;
  private int patterns;

  ConditionReader(int ruleLine) {
    this.ruleLine = ruleLine;
  }

  List<Condition> readAll(AndDescr lhs, Scope scope) {
    return parts(lhs.getDescrs(), scope, 0);
  }

  private Condition read(BaseDescr descr, Scope scope, int depth) {
    int line = descr.getLine() > 0 ? descr.getLine() : ruleLine;
    if (depth > ProfileLimits.DEPTH) {
      throw new Refused(line, "conditions are nested more than " + ProfileLimits.DEPTH + " deep");
    }
    if (!(descr instanceof PatternDescr)
        && descr instanceof AnnotatedBaseDescr annotated
        && !annotated.getAnnotationNames().isEmpty()) {
      throw new Refused(line, "annotations are not allowed in rules");
    }
    if (!KNOWN.contains(descr.getClass())) {
      throw new Refused(
          line,
          "'"
              + descr.getClass().getSimpleName().replace("Descr", "").toLowerCase(Locale.ROOT)
              + "' is not a condition that rules may use");
    }
    return switch (descr) {
      case PatternDescr x when x.getSource() instanceof AccumulateDescr a ->
          accumulated(x, a, scope, line);
      case PatternDescr x -> new Condition.Match(pattern(x, scope));
      case NotDescr x -> new Condition.None(only(x.getDescrs(), scope.inner(), line, depth), line);
      case ExistsDescr x ->
          new Condition.Some(only(x.getDescrs(), scope.inner(), line, depth), line);
      case ForallDescr x -> every(x, scope.inner(), line);
      case AndDescr x -> new Condition.Both(parts(x.getDescrs(), scope, depth + 1), line);
      case OrDescr x -> either(x, scope, line, depth);
      default -> throw new Refused(line, "'eval' is not allowed in rules");
    };
  }

  private List<Condition> parts(List<? extends BaseDescr> descrs, Scope scope, int depth) {
    List<Condition> parts = new ArrayList<>();
    for (BaseDescr part : descrs) {
      parts.add(read(part, scope, depth));
    }
    return parts;
  }

  private Condition only(List<?> descrs, Scope scope, int line, int depth) {
    if (descrs.size() != 1 || !(descrs.getFirst() instanceof BaseDescr descr)) {
      throw new Refused(line, "'not' and 'exists' take one condition; put several in brackets");
    }
    return read(descr, scope, depth + 1);
  }

  private Pattern pattern(BaseDescr descr, Scope scope) {
    if (!(descr instanceof PatternDescr pattern)) {
      throw new Refused(descr.getLine(), "a fact such as Rollout( … ) is wanted here");
    }
    if (++patterns > ProfileLimits.PATTERNS) {
      throw new Refused(
          pattern.getLine(),
          "more than " + ProfileLimits.PATTERNS + " facts in one rule; split it");
    }
    return PatternReader.read(pattern, scope);
  }

  private Condition every(ForallDescr descr, Scope scope, int line) {
    List<Pattern> all = new ArrayList<>();
    for (BaseDescr part : descr.getDescrs()) {
      all.add(pattern(part, scope));
    }
    if (all.size() < 2) {
      throw new Refused(
          line,
          "'forall' wants a base and what must hold for it, such as forall( $h : Hook() Gate( name"
              + " == $h.name ) )");
    }
    return new Condition.Every(all.getFirst(), all.subList(1, all.size()), line);
  }

  private Condition either(OrDescr descr, Scope scope, int line, int depth) {
    List<Condition> ways = new ArrayList<>();
    for (BaseDescr way : descr.getDescrs()) {
      ways.add(read(way, scope.inner(), depth + 1));
    }
    return new Condition.Either(ways, line);
  }

  private Condition accumulated(PatternDescr result, AccumulateDescr descr, Scope scope, int line) {
    if (descr.getClass() != AccumulateDescr.class) {
      throw new Refused(line, "'groupby' is not allowed in rules");
    }
    refuseCode(descr, line);
    if (!"Object".equals(result.getObjectType())
        || result.getIdentifier() != null
        || (!descr.isMultiFunction() && descr.getFunctions().size() != 1)) {
      throw new Refused(line, "write accumulate( Fact( … ); $n : count( 1 ); $n > 2 )");
    }
    if ((result.getBehaviors() != null && !result.getBehaviors().isEmpty())
        || !result.getAnnotationNames().isEmpty()) {
      throw new Refused(line, "annotations and windows are not allowed in rules");
    }
    Scope inside = scope.inner();
    BaseDescr input = descr.getInput();
    if (input instanceof AndDescr and && and.getDescrs().size() == 1) {
      input = and.getDescrs().getFirst();
    }
    Pattern source = pattern(input, inside);
    List<Condition.Function> functions = new ArrayList<>();
    for (var call : descr.getFunctions()) {
      functions.add(function(call, inside, line));
    }
    functions.forEach(f -> scope.declare(f.binding(), f.type(), line));
    return new Condition.Accumulated(
        source, functions, resultConstraints(result, scope, line), line);
  }

  private static List<Constraint> resultConstraints(PatternDescr result, Scope scope, int line) {
    List<Constraint> constraints = new ArrayList<>();
    for (BaseDescr c : result.getDescrs()) {
      Expr test = new ExprReader(null, scope, line).parse(text(c));
      if (test.type().kind() != Type.Kind.TRUTH) {
        throw new Refused(line, "'" + ExprReader.brief(text(c)) + "' is not a condition");
      }
      constraints.add(new Constraint(test, line));
    }
    return constraints;
  }

  private static String text(BaseDescr descr) {
    return descr instanceof org.drools.drl.ast.descr.ExprConstraintDescr e ? e.getExpression() : "";
  }

  private static Condition.Function function(
      AccumulateDescr.AccumulateFunctionCallDescr call, Scope inside, int line) {
    String name = call.getFunction();
    if (!FUNCTIONS.contains(name)) {
      throw new Refused(
          line,
          "'accumulate' knows count, sum, min, max and average, not '"
              + ExprReader.brief(name)
              + "'");
    }
    if (call.getBind() == null || call.isUnification() || call.getParams().length != 1) {
      throw new Refused(line, "write accumulate( Fact( … ); $n : " + name + "( $value ); $n > 2 )");
    }
    Expr argument = new ExprReader(null, inside, line).parse(call.getParams()[0]);
    boolean count = name.equals("count");
    if (!count && !(argument instanceof Expr.Variable && argument.type().number())) {
      throw new Refused(
          line,
          name
              + " wants a variable that holds a number, not '"
              + ExprReader.brief(Arrays.toString(call.getParams()))
              + "'");
    }
    if (count && !(argument instanceof Expr.Variable || argument instanceof Expr.Constant)) {
      throw new Refused(line, "count wants a variable or 1");
    }
    return new Condition.Function(
        call.getBind(), name, argument, count ? Type.WHOLE : Type.DECIMAL);
  }

  private static void refuseCode(AccumulateDescr descr, int line) {
    if (descr.getInitCode() != null
        || descr.getActionCode() != null
        || descr.getReverseCode() != null
        || descr.getResultCode() != null
        || !descr.isExternalFunction()) {
      throw new Refused(line, "'accumulate' with code of its own is not allowed in rules");
    }
  }
}

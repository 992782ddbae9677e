package io.serin.policy.profile;

import com.github.javaparser.ParseResult;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.serin.api.Counted;
import java.util.ArrayList;
import java.util.List;

/** Reads the right-hand side of a rule: {@code decide.<verb>(…)} and nothing else. */
final class ActionReader {

  private ActionReader() {}

  static List<Action> read(String text, int firstLine, Scope scope) {
    ParseResult<BlockStmt> result;
    try {
      result = ExprReader.parser().parseBlock("{" + text + "\n}");
    } catch (StackOverflowError e) {
      throw new Refused(firstLine, "the right-hand side is nested too deeply");
    }
    if (!result.isSuccessful() || result.getResult().isEmpty()) {
      throw new Refused(
          firstLine,
          "the right-hand side is not a list of decide.<verb>( … ); each with its semicolon");
    }
    List<Action> actions = new ArrayList<>();
    for (Statement statement : result.getResult().get().getStatements()) {
      int line = firstLine + statement.getBegin().map(b -> b.line).orElse(1) - 1;
      actions.add(action(statement, line, scope));
    }
    return checked(actions, firstLine);
  }

  private static List<Action> checked(List<Action> actions, int line) {
    if (actions.isEmpty()) {
      throw new Refused(line, "the rule says nothing; end it with decide.<verb>( … );");
    }
    if (actions.size() > ProfileLimits.ACTIONS) {
      throw new Refused(
          line, "the rule says more than " + ProfileLimits.ACTIONS + " things; split it");
    }
    long asks = actions.stream().filter(a -> a.verb().asks()).count();
    if (asks > 0 && asks < actions.size()) {
      throw new Refused(line, "the rule both asks and proposes; make it two rules");
    }
    return actions;
  }

  private static Action action(Statement statement, int line, Scope scope) {
    if (!(statement instanceof ExpressionStmt s
        && s.getExpression() instanceof MethodCallExpr call
        && call.getScope().orElse(null) instanceof NameExpr on
        && on.getNameAsString().equals("decide")
        && call.getTypeArguments().isEmpty())) {
      throw new Refused(
          line,
          "'"
              + ExprReader.brief(statement.toString())
              + "' is not allowed; a rule may only say decide.<verb>( … );");
    }
    Vocabulary.Verb verb = Vocabulary.verb(call.getNameAsString());
    if (verb == null) {
      throw new Refused(
          line,
          "decide has no verb '"
              + ExprReader.brief(call.getNameAsString())
              + "'; it has "
              + String.join(
                  ", ", Vocabulary.allVerbs().stream().map(Vocabulary.Verb::name).toList()));
    }
    return new Action(verb, arguments(verb, call.getArguments(), line, scope), line);
  }

  private static List<Expr> arguments(
      Vocabulary.Verb verb, List<Expression> given, int line, Scope scope) {
    if (given.size() != verb.parameters().size()) {
      throw new Refused(
          line,
          "decide."
              + signature(verb)
              + " takes "
              + Counted.of(verb.parameters().size(), "value")
              + ", not "
              + given.size());
    }
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Expr argument = new ExprReader(null, scope, line).read(given.get(i));
      if (!fits(verb.parameters().get(i), argument)) {
        throw new Refused(
            line,
            "decide."
                + signature(verb)
                + " wants a "
                + verb.parameters().get(i).words()
                + ", '"
                + ExprReader.brief(given.get(i).toString())
                + "' is a "
                + argument.type().words());
      }
      arguments.add(argument);
    }
    return arguments;
  }

  private static boolean fits(Type wanted, Expr given) {
    Type type = given.type();
    return switch (wanted.kind()) {
      case TEXT -> type.kind() == Type.Kind.TEXT && !type.nullable();
      case WHOLE -> type.kind() == Type.Kind.WHOLE && !wide(given);
      case FACT -> type.kind() == Type.Kind.FACT && type.of() == wanted.of();
      case TRUTH, DECIMAL, CHOICE, NOTHING -> false;
    };
  }

  /** It does not fit into an int, which is what verbs take. */
  private static boolean wide(Expr e) {
    return switch (e) {
      case Expr.Constant c -> c.spelling().endsWith("L");
      case Expr.Field f -> f.attribute().accessor().getReturnType() == long.class;
      case Expr.Binary b -> wide(b.left()) || wide(b.right());
      case Expr.Variable v -> false;
      case Expr.Opposite o -> false;
      case Expr.TextTest t -> false;
    };
  }

  private static String signature(Vocabulary.Verb verb) {
    return verb.name()
        + "("
        + String.join(", ", verb.parameters().stream().map(Type::words).toList())
        + ")";
  }
}

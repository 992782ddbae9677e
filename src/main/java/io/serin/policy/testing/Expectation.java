package io.serin.policy.testing;

import io.serin.fact.Verdict;
import io.serin.policy.Ask;
import io.serin.policy.Asked;
import io.serin.policy.Decision;
import io.serin.policy.Proposal;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a case expects of a decision.
 *
 * @param verb the verdict, such as {@code advance}, or null
 * @param rule the rule that wins, or null
 * @param reason what the reason must contain, or null
 * @param fields components of the verdict, such as {@code weight}
 * @param proposed rules that must propose, whether they win or not
 * @param silent rules that must neither propose nor ask
 * @param asked names of hooks and checks that must be asked for, or null when that does not matter
 * @param by number of the tick by which this is decided, from 1; 0 for the last
 */
record Expectation(
    @Nullable String verb,
    @Nullable String rule,
    @Nullable Pattern reason,
    Map<String, Object> fields,
    List<String> proposed,
    List<String> silent,
    @Nullable List<String> asked,
    int by) {

  private static final List<String> OWN =
      List.of("verdict", "rule", "reason", "proposed", "silent", "asked", "by");

  static Expectation read(@Nullable Object written) {
    if (written == null) {
      throw new CaseException("the case expects nothing; add expect: with a verdict");
    }
    if (written instanceof String verb) {
      return new Expectation(verb, null, null, Map.of(), List.of(), List.of(), null, 0);
    }
    Map<String, Object> own = Yaml.map(written, "expect");
    Map<String, Object> fields = new LinkedHashMap<>(own);
    OWN.forEach(fields::remove);
    return new Expectation(
        text(own.get("verdict")),
        text(own.get("rule")),
        pattern(text(own.get("reason"))),
        fields,
        texts(own.get("proposed")),
        texts(own.get("silent")),
        own.containsKey("asked") ? texts(own.get("asked")) : null,
        own.get("by") instanceof Number n ? n.intValue() : 0);
  }

  /** What is not as expected, one line each. */
  List<String> problems(Decision decision) {
    List<String> problems = new ArrayList<>();
    Verdict verdict = decision.verdict();
    if (decision.trouble() != null && rule == null) {
      problems.add("the policy could not decide: " + decision.trouble());
    }
    if (verb != null && !verb.equals(verdict.verb())) {
      problems.add(
          "expected %s, decided %s by '%s' because %s"
              .formatted(verb, verdict.verb(), decision.winner().rule(), verdict.reason()));
    }
    if (rule != null && !rule.equals(decision.winner().rule())) {
      problems.add("expected rule '%s', won by '%s'".formatted(rule, decision.winner().rule()));
    }
    if (reason != null && !reason.matcher(verdict.reason()).find()) {
      problems.add("expected a reason like '%s', it is '%s'".formatted(reason, verdict.reason()));
    }
    fields.forEach((name, value) -> field(verdict, name, value, problems));
    rules(decision, problems);
    return problems;
  }

  private void rules(Decision decision, List<String> problems) {
    List<String> speaking =
        new ArrayList<>(decision.proposals().stream().map(Proposal::rule).toList());
    for (String wanted : proposed) {
      if (!speaking.contains(wanted)) {
        problems.add("rule '%s' did not propose; these did: %s".formatted(wanted, speaking));
      }
    }
    decision.asked().forEach(a -> speaking.add(a.rule()));
    for (String unwanted : silent) {
      if (speaking.contains(unwanted)) {
        problems.add("rule '%s' spoke and should be silent".formatted(unwanted));
      }
    }
    List<String> names = decision.asked().stream().map(Expectation::name).sorted().toList();
    if (asked != null && !asked.stream().sorted().toList().equals(names)) {
      problems.add("expected to be asked for %s, asked were %s".formatted(asked, names));
    }
  }

  private static String name(Asked asked) {
    return switch (asked.ask()) {
      case Ask.Call c -> c.hook().name();
      case Ask.Measure m -> m.check().name();
      case Ask.ProbeProviders p -> "probe";
    };
  }

  private static void field(Verdict verdict, String name, Object wanted, List<String> problems) {
    RecordComponent[] components = verdict.getClass().getRecordComponents();
    for (RecordComponent c : components) {
      if (c.getName().equals(name)) {
        String value = value(c, verdict);
        if (!value.equals(String.valueOf(wanted))) {
          problems.add("expected %s %s, it is %s".formatted(name, wanted, value));
        }
        return;
      }
    }
    problems.add(
        "verdict %s has no field '%s'; it has %s"
            .formatted(
                verdict.verb(),
                name,
                Arrays.stream(components).map(RecordComponent::getName).toList()));
  }

  private static String value(RecordComponent c, Verdict verdict) {
    try {
      Object value = c.getAccessor().invoke(verdict);
      return value instanceof io.serin.fact.Gate gate ? gate.name() : String.valueOf(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : String.valueOf(value);
  }

  private static List<String> texts(@Nullable Object value) {
    return Yaml.list(value).stream().map(String::valueOf).toList();
  }

  private static @Nullable Pattern pattern(@Nullable String text) {
    try {
      return text == null ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new CaseException(
          "reason '%s' is not a regular expression: %s"
              .formatted(text, e.getDescription().toLowerCase(Locale.ROOT)));
    }
  }
}

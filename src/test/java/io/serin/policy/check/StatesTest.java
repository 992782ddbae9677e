package io.serin.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.fact.Check;
import io.serin.policy.DrlFile;
import io.serin.policy.PolicySource;
import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Vocabulary;
import io.serin.record.Recordings;
import io.serin.rollout.TickRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a real rollout had is among the states, whatever a rule asks of it. */
class StatesTest {

  private static final int RULES = 150;

  private final Random random = new Random(11);

  @Test
  void whateverARuleAsksOfARecordedFactHoldsInSomeState() {
    List<Object> facts = recorded();

    for (int i = 0; i < RULES; i++) {
      Object fact = facts.get(random.nextInt(facts.size()));
      Rule rule = rule(asking(fact));

      assertThat(new Evaluator(List.of(fact)).fires(rule)).as(rule.when().toString()).isTrue();
      assertThat(holdsSomewhere(rule)).as("%s of %s", rule.when(), fact).isTrue();
    }
  }

  private static boolean holdsSomewhere(Rule rule) {
    PolicySource source = new PolicySource(List.of());
    Boundaries boundaries = new Boundaries(List.of(rule), source.settings());
    States states = new States(boundaries, source.settings(), List.of(rule));
    return !states.reach(rule)
        || states.groups().stream()
            .flatMap(List::stream)
            .anyMatch(variant -> new Evaluator(variant).fires(rule));
  }

  private static List<Object> recorded() {
    return new Recordings()
        .read(
            Path.of("examples", "recordings"),
            problem -> {
              throw new AssertionError(problem);
            })
        .flatMap(recording -> recording.ticks().stream())
        .flatMap(StatesTest::facts)
        .distinct()
        .toList();
  }

  /** A pending check is measured in another round than the one that is recorded. */
  private static Stream<Object> facts(TickRecord tick) {
    return Stream.concat(tick.facts().all().stream(), tick.evidence().all().stream())
        .filter(fact -> !(fact instanceof Check));
  }

  private static Rule rule(String pattern) {
    String drl = "rule \"asked\" when %s then decide.hold( \"x\" ); end".formatted(pattern);
    Profile profile = Profile.read(new PolicySource(List.of(new DrlFile("asked.drl", drl))));
    assertThat(profile.findings()).as(pattern).isEmpty();
    return profile.rules().getFirst();
  }

  /** Up to three things that are so, as a rule would ask for them. */
  private String asking(Object fact) {
    List<Attribute> attributes = new ArrayList<>(Vocabulary.attributes(fact.getClass()).values());
    Collections.shuffle(attributes, random);
    List<String> constraints =
        attributes.stream()
            .limit(1 + random.nextInt(3))
            .map(attribute -> constraint(attribute, attribute.of(fact)))
            .toList();
    return fact.getClass().getSimpleName() + "( " + String.join(", ", constraints) + " )";
  }

  private String constraint(Attribute attribute, @Nullable Object value) {
    String name = attribute.name();
    return switch (value) {
      case null -> name + " == null";
      case Boolean truth -> truth ? name : "!" + name;
      case Number number -> number(name, number);
      case Enum<?> constant ->
          "%s == %s.%s"
              .formatted(name, constant.getDeclaringClass().getSimpleName(), constant.name());
      default -> text(name, String.valueOf(value));
    };
  }

  private String number(String name, Number number) {
    return switch (random.nextInt(number instanceof Integer ? 4 : 3)) {
      case 0 -> "%s >= %s".formatted(name, number);
      case 1 -> "%s <= %s".formatted(name, number);
      case 2 -> "%s == %s".formatted(name, number);
      default -> "%s * 2 == %d".formatted(name, 2 * number.intValue());
    };
  }

  private String text(String name, String text) {
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return random.nextBoolean() || quoted.length() < 4
        ? "%s == \"%s\"".formatted(name, quoted)
        : "%s.startsWith( \"%s\" )".formatted(name, quoted.substring(0, 2));
  }
}

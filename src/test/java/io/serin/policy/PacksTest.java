package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serin.fact.Caution;
import io.serin.fact.Facts;
import io.serin.fact.Verdict;
import io.serin.policy.check.GuardRail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What packs do to the default policy, over facts that types allow, sensible or not. */
class PacksTest {

  private static final int STATES = 4_000;

  static List<String> careful() {
    return Packs.NAMES.subList(0, 6);
  }

  static List<String> all() {
    return Packs.NAMES;
  }

  @ParameterizedTest
  @MethodSource("careful")
  void aCarefulPackIsNeverBolderThanTheDefault(String pack) {
    int changed =
        compare(
            pack,
            both ->
                assertThat(bolder(both.with().verdict(), both.without().verdict()))
                    .as("%s", both)
                    .isFalse());

    assertThat(changed).isPositive();
  }

  @Test
  void askingAPersonReplacesNothingButRollbacksForFailedChecks() {
    int changed =
        compare(
            "freeze-instead-of-rollback",
            both -> {
              assertThat(both.without().verdict()).isInstanceOf(Verdict.Rollback.class);
              assertThat(both.without().winner().rule())
                  .isIn(
                      "the last check that may fail takes the revision back",
                      "the last test that may fail takes the revision back",
                      "more failed checks than allowed take the revision back");
              // Nothing moves towards the canary; what else speaks is as careful or more.
              assertThat(both.with().verdict().caution())
                  .as("%s", both)
                  .isLessThan(Caution.PROGRESS);
            });

    assertThat(changed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast-track-revert", "early-promotion"})
  void aBoldPackDoesNothingButPromoteAfterAStepThatPasses(String pack) {
    int changed =
        compare(
            pack,
            both -> {
              Verdict bold = both.with().verdict();
              assertThat(bold).as("%s", both).isInstanceOf(Verdict.PromoteEarly.class);
              assertThat(both.without().verdict()).isInstanceOf(Verdict.Advance.class);
              if (broken(both, both.without().verdict()) == null) {
                assertThat(broken(both, bold)).as("%s", both).isNull();
              }
              assertThat(Objects.requireNonNull(both.facts().revision()).analysed()).isTrue();
              assertThat(both.facts().checks()).isNotEmpty();
              assertThat(both.facts().rollout().weight()).isPositive();
            });

    assertThat(changed).isPositive();
  }

  @Test
  void twoPacksThatReplaceTheSameRuleAreRefused() {
    assertThatThrownBy(
            () ->
                Packs.add(
                    BundledPolicy.load().source(), List.of("fast-track-revert", "early-promotion")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(
            "packs early-promotion and fast-track-revert both replace rule 'advance one step");
  }

  @Test
  void anUnknownPackIsRefused() {
    assertThatThrownBy(() -> Packs.add(BundledPolicy.load().source(), List.of("tea-break")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("no pack 'tea-break'")
        .hasMessageContaining("fleet-limit");
  }

  @Test
  void everyCarefulPackCanBeTakenInAtOnce() {
    PolicySource source =
        Packs.add(BundledPolicy.load().source(), Packs.NAMES.subList(0, Packs.NAMES.size() - 1));

    assertThat(io.serin.policy.profile.Profile.read(source).findings()).isEmpty();
  }

  @Test
  void theRuleOfAPackTakesThePlaceOfItsNamesake() {
    PolicySource base =
        Samples.source(
            """
            rule "more failed checks than allowed take the revision back"
            when
                Rollout()
            then
                decide.idle( "old" );
            end

            rule "another"
            when
                Rollout()
            then
                decide.idle( "kept" );
            end
            """);

    PolicySource both = Packs.add(base, List.of("freeze-instead-of-rollback"));

    assertThat(both.files()).extracting(DrlFile::name).contains("test.drl");
    DrlFile old =
        both.files().stream().filter(f -> f.name().equals("test.drl")).findFirst().orElseThrow();
    assertThat(old.text()).doesNotContain("old").contains("kept");
    // Lines stay where they are, so that findings point at the right ones.
    assertThat(old.text().lines().toList().indexOf("rule \"another\"")).isEqualTo(7);
    assertThat(both.digest()).isNotEqualTo(base.digest());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPackExplainsItself(String pack) throws IOException {
    Path readme = Path.of("rules/packs", pack, "README.md");

    assertThat(Files.readString(readme)).startsWith("# " + pack).contains("Numbers");
  }

  private static @Nullable String broken(Both both, Verdict verdict) {
    return GuardRail.TRAFFIC.broken(both.facts(), both.with().evidence(), verdict);
  }

  /** Two decisions about the same state. */
  private record Both(Facts facts, Decision without, Decision with) {}

  /** Hands over every state that is decided in another way, and says how many there were. */
  private static int compare(String pack, Consumer<Both> each) {
    Policy without = PackPolicies.without();
    Policy with = PackPolicies.with(pack);
    int changed = 0;
    for (int seed = 0; seed < STATES; seed++) {
      RandomFacts random = new RandomFacts(new Random(seed));
      Facts facts = seed % 2 == 0 ? random.surrounded() : random.nearlyPassing();
      Decision one = without.decide(facts, RandomFacts.answers(seed));
      Decision other = with.decide(facts, RandomFacts.answers(seed));
      if (!one.verdict().equals(other.verdict())) {
        changed++;
        each.accept(new Both(facts, one, other));
      }
    }
    return changed;
  }

  private static boolean bolder(Verdict with, Verdict without) {
    int caution = with.caution().compareTo(without.caution());
    return caution > 0 || caution == 0 && with.boldness() > without.boldness();
  }
}

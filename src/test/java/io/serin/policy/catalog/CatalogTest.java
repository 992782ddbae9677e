package io.serin.policy.catalog;

import static io.serin.policy.catalog.Shelf.BROKEN;
import static io.serin.policy.catalog.Shelf.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Problem;
import io.serin.policy.Policy;
import io.serin.policy.catalog.PolicyState.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which version of a policy is active. */
class CatalogTest {

  private static final Canary CANARY =
      Canary.of(KubeObject.of("flagger.app/v1beta1", "Canary", "shop", "web"));

  private final Shelf shelf = new Shelf();
  private final List<String> told = new ArrayList<>();

  CatalogTest() {
    shelf.catalog.listen(
        new Catalog.Listener() {
          @Override
          public void changed(PolicyState state) {
            told.add(state.stage() + " " + state.digest());
          }

          @Override
          public void used(PolicyState state) {
            told.add("used at " + state.lastUsed());
          }
        });
  }

  @Test
  void aVersionDecidesOnceItIsCompiled() {
    var policy = cluster("strict", "one");
    shelf.catalog.offer(policy);
    assertThat(shelf.state(policy).stage()).isEqualTo(Stage.COMPILING);
    assertThat(told).isEmpty();

    shelf.compile();

    assertThat(shelf.state(policy).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(told).containsExactly("ACTIVE " + Shelf.ONE.digest());
  }

  @Test
  void aBrokenVersionNeverReplacesAGoodOne() {
    shelf.with(cluster("strict", "one"), cluster("strict", BROKEN));

    PolicyState state = shelf.state(cluster("strict", BROKEN));
    assertThat(state.stage()).isEqualTo(Stage.REFUSED);
    assertThat(state.findings()).containsExactly("broken.drl:1: refused");
    assertThat(state.digest()).isEqualTo(Shelf.ONE.digest());
    assertThat(state.status().compiled()).isFalse();
    assertThat(state.status().digest()).isEqualTo(Shelf.ONE.digest());
    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.ONE);
  }

  @Test
  void aBrokenVersionWithoutAnEarlierOneFallsBackToWhatWasKept() {
    var broken = cluster("strict", BROKEN, "selector: {matchLabels: {a: b}}");
    shelf.kept.put(broken.key(), cluster("strict", "one"));

    shelf.with(broken);

    PolicyState state = shelf.state(broken);
    assertThat(state.stage()).isEqualTo(Stage.REFUSED);
    assertThat(state.findings()).containsExactly("broken.drl:1: refused");
    assertThat(state.status().digest()).isEqualTo(Shelf.ONE.digest());
    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.ONE);
    assertThat(shelf.catalog.choose(CANARY, shelf).problems()).isEmpty();
    assertThat(shelf.catalog.decided(Shelf.ONE.digest())).isSameAs(Shelf.ONE);
    assertThat(told).containsExactly("REFUSED " + Shelf.ONE.digest(), "used at " + shelf.now);
  }

  @Test
  void whatWasKeptIsNotAskedForWhileSomethingBetterDecides() {
    shelf.kept.put(cluster("strict", "").key(), cluster("strict", "other"));

    shelf.with(cluster("strict", "one"), cluster("strict", BROKEN));

    assertThat(shelf.loaded).containsExactly("one", BROKEN);
    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.ONE);
  }

  @Test
  void whatWasKeptGivesWayToTheNextGoodVersion() {
    var broken = cluster("strict", BROKEN);
    shelf.kept.put(broken.key(), cluster("strict", "one"));

    shelf.with(broken, cluster("strict", "other"));

    assertThat(shelf.state(broken).stage()).isEqualTo(Stage.ACTIVE);
    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.OTHER);
  }

  @Test
  void whereWhatWasKeptCannotBeUsedEitherCanariesHoldAndBothReasonsAreTold() {
    var broken = cluster("strict", BROKEN);
    shelf.kept.put(broken.key(), cluster("strict", "unreadable"));

    shelf.with(broken);

    assertThat(shelf.state(broken).findings())
        .containsExactly(
            "broken.drl:1: refused", "the version that was kept: unreadable.drl:1: refused");
    assertThat(shelf.catalog.choose(CANARY, shelf).problems())
        .extracting(Problem::message)
        .containsExactly(
            "policy strict cannot be used, and no earlier version is known: broken.drl:1: refused");
  }

  @Test
  void whatWasKeptNeverReplacesAVersionThatCameMeanwhile() {
    var broken = cluster("strict", BROKEN);
    shelf.kept.put(broken.key(), cluster("strict", "one"));
    shelf.catalog.offer(broken);
    Runnable slow = shelf.compilations.remove();
    shelf.with(cluster("strict", "other"));

    slow.run();

    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.OTHER);
  }

  @Test
  void theSelectorsOfABrokenVersionDoNotHoldEither() {
    shelf.with(
        cluster("strict", "one"), cluster("strict", BROKEN, "selector: {matchLabels: {a: b}}"));

    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.ONE);
  }

  @Test
  void aGoodVersionFollowsABrokenOne() {
    shelf.with(cluster("strict", BROKEN), cluster("strict", "other"));

    assertThat(shelf.state(cluster("strict", "other")).digest()).isEqualTo(Shelf.OTHER.digest());
    assertThat(told).containsExactly("REFUSED ", "ACTIVE " + Shelf.OTHER.digest());
  }

  @Test
  void aVersionThatWasOvertakenWhileItCompiledNeverDecides() {
    shelf.catalog.offer(cluster("strict", "one"));
    Runnable slow = shelf.compilations.remove();
    shelf.with(cluster("strict", "other"));

    slow.run();

    assertThat(shelf.state(cluster("strict", "other")).digest()).isEqualTo(Shelf.OTHER.digest());
    assertThat(told).containsExactly("ACTIVE " + Shelf.OTHER.digest());
  }

  @Test
  void aPolicyThatWentWhileItCompiledStaysGone() {
    var policy = cluster("strict", "one");
    shelf.catalog.offer(policy);

    shelf.catalog.withdraw(policy.key());
    shelf.compile();

    assertThat(shelf.catalog.states()).isEmpty();
    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.DEFAULT);
  }

  @Test
  void theSameVersionOfferedAgainIsNotCompiledAgain() {
    shelf.with(cluster("strict", "one"), cluster("strict", "one"));

    assertThat(shelf.loaded).containsExactly("one");
  }

  @Test
  void aPolicyIsSwitchedOffAtOnceWhateverItsRules() {
    shelf.with(cluster("strict", "one"));

    shelf.catalog.offer(cluster("strict", BROKEN, "mode: 'Off'"));

    assertThat(shelf.catalog.choose(CANARY, shelf).policy()).isSameAs(Shelf.DEFAULT);
    assertThat(told).last().isEqualTo("OFF ");
  }

  @Test
  void useIsToldAtMostEveryTenMinutes() {
    shelf.with(cluster("strict", "one"));
    told.clear();

    shelf.catalog.choose(CANARY, shelf);
    shelf.now = shelf.now.plus(Duration.ofMinutes(9));
    shelf.catalog.choose(CANARY, shelf);
    shelf.now = shelf.now.plus(Duration.ofMinutes(1));
    shelf.catalog.choose(CANARY, shelf);

    assertThat(told)
        .containsExactly("used at 2026-03-02T10:00:00Z", "used at 2026-03-02T10:10:00Z");
  }

  @Test
  void aPolicyThatDecidesNothingIsNotUsed() {
    shelf.with(cluster("strict", "one", "selector: {matchLabels: {team: other}}"));
    told.clear();

    shelf.catalog.choose(CANARY, shelf);

    assertThat(told).isEmpty();
  }

  @Test
  void aDecisionIsExplainedByTheRulesOfItsDigest() {
    shelf.with(cluster("strict", "one"), Shelf.namespaced("shop", "extra", "careful", ""));

    assertThat(shelf.catalog.decided(Shelf.ONE.digest())).isSameAs(Shelf.ONE);
    assertThat(shelf.catalog.decided("gone")).isSameAs(Shelf.DEFAULT);
    shelf.with(cluster("strict", "other"));
    assertThat(shelf.catalog.decided(Shelf.ONE.digest()))
        .as("an earlier version")
        .isSameAs(Shelf.ONE);
    assertThat(shelf.catalog.decided(Shelf.ONE.digest() + "+" + Shelf.CAREFUL.digest()).parts())
        .extracting(Policy::digest)
        .containsExactly(Shelf.ONE.digest(), Shelf.CAREFUL.digest());
  }
}

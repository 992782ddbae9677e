package io.serin.policy.catalog;

import static io.serin.policy.catalog.Shelf.BROKEN;
import static io.serin.policy.catalog.Shelf.cluster;
import static io.serin.policy.catalog.Shelf.namespaced;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.fact.Problem;
import io.serin.policy.Choice;
import io.serin.policy.Policy;
import io.serin.policy.ShadowPolicy;
import io.serin.policy.catalog.PolicyKey.Origin;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which policy decides about a canary. */
class SelectionTest {

  private static final String TEAM = "selector: {matchLabels: {team: shop}}";
  private static final String PRODUCTION = "namespaceSelector: {matchLabels: {stage: production}}";

  private final Shelf shelf = new Shelf();

  /** A canary of the team shop in the namespace shop. */
  private static Canary canary(String annotation) {
    return Canary.of(
        KubeObject.of("flagger.app/v1beta1", "Canary", "shop", "web")
            .with(
                tree -> {
                  tree.withObject("metadata").putObject("labels").put("team", "shop");
                  if (!annotation.isEmpty()) {
                    tree.withObject("metadata")
                        .putObject("annotations")
                        .put("serin.dev/policy", annotation);
                  }
                }));
  }

  private Choice choice(String annotation) {
    return shelf.catalog.choose(canary(annotation), shelf);
  }

  private void namespaceIs(String stage) {
    ObjectRef ref = new ObjectRef("v1", "Namespace", "", "shop");
    shelf.objects.put(
        ref,
        KubeObject.of(ref)
            .with(tree -> tree.withObject("metadata").putObject("labels").put("stage", stage)));
  }

  private void assertDecides(Policy policy, Choice choice) {
    assertThat(choice.policy()).isSameAs(policy);
    assertThat(choice.problems()).isEmpty();
  }

  private void assertHolds(Choice choice, Problem.Kind kind, String message) {
    assertThat(choice.policy()).isSameAs(Shelf.DEFAULT);
    assertThat(choice.problems()).containsExactly(new Problem(kind, message));
  }

  @Test
  void withoutAPolicyTheDefaultDecides() {
    assertDecides(Shelf.DEFAULT, choice(""));
  }

  @Test
  void aPolicyWithoutSelectorsIsForAll() {
    shelf.with(cluster("company", "one"));

    assertDecides(Shelf.ONE, choice(""));
  }

  @Test
  void aPolicyIsForTheCanariesThatItsSelectorsFit() {
    shelf.with(cluster("a", "one", "selector: {matchLabels: {team: other}}"));

    assertDecides(Shelf.DEFAULT, choice(""));
  }

  @Test
  void moreSelectorsGoBeforeFewer() {
    namespaceIs("production");
    shelf.with(cluster("a", "one", TEAM), cluster("z", "other", TEAM + "\n" + PRODUCTION));

    assertDecides(Shelf.OTHER, choice(""));
  }

  @Test
  void ofEqualsTheFirstByNameDecides() {
    shelf.with(cluster("b", "other", TEAM), cluster("a", "one", TEAM));

    assertDecides(Shelf.ONE, choice(""));
  }

  @Test
  void aResourceGoesBeforeADirectoryOfTheSameName() {
    shelf.with(
        Shelf.definition(new PolicyKey(Origin.DIRECTORY, "", "a"), "other", ""),
        cluster("a", "one"));

    assertDecides(Shelf.ONE, choice(""));
  }

  @Test
  void theAnnotationNamesThePolicy() {
    shelf.with(cluster("a", "one", TEAM), cluster("z", "other"));

    assertDecides(Shelf.OTHER, choice("z"));
  }

  @Test
  void theAnnotationCannotNameAPolicyThatIsForOthers() {
    shelf.with(cluster("z", "other", "selector: {matchLabels: {team: other}}"));

    assertHolds(
        choice("z"),
        Problem.Kind.POLICY,
        "annotation serin.dev/policy names 'z', whose selectors leave this Canary out; change them"
            + " or the annotation");
  }

  @Test
  void aNameThatNobodyHasHolds() {
    assertHolds(
        choice("strikt"),
        Problem.Kind.POLICY,
        "annotation serin.dev/policy names 'strikt', and there is no such policy; create it or take"
            + " the annotation out");
  }

  @Test
  void theDefaultByNameIsWhatHoldsWithoutTheAnnotation() {
    shelf.with(cluster("company", "one"));

    assertDecides(Shelf.ONE, choice("default"));
  }

  @Test
  void aShadowCannotBeNamed() {
    shelf.with(cluster("z", "other", "mode: Shadow"));

    assertHolds(
        choice("z"),
        Problem.Kind.POLICY,
        "annotation serin.dev/policy names 'z', which is in mode Shadow and decides nothing; set it"
            + " to Enforce or take the annotation out");
  }

  @Test
  void whileThePolicyCompilesForTheFirstTimeTheCanaryHolds() {
    shelf.catalog.offer(cluster("company", "one"));

    assertHolds(choice(""), Problem.Kind.UNSYNCED, "policy company is being compiled");
  }

  @Test
  void aPolicyThatWasNeverGoodHoldsInsteadOfHandingOverToALaxerOne() {
    shelf.with(cluster("company", BROKEN), cluster("z", "other"));

    assertHolds(
        choice(""),
        Problem.Kind.POLICY,
        "policy company cannot be used, and no earlier version is known: broken.drl:1: refused");
  }

  @Test
  void untilThePoliciesOfTheClusterAreKnownTheCanaryHolds() {
    shelf.complete = false;

    assertHolds(choice(""), Problem.Kind.UNSYNCED, "waiting for the cluster's policies");
  }

  @Test
  void aNamespaceIsSelectedByItsLabels() {
    namespaceIs("production");
    shelf.with(cluster("a", "one", PRODUCTION));
    assertDecides(Shelf.ONE, choice(""));

    namespaceIs("testing");

    assertDecides(Shelf.DEFAULT, choice(""));
  }

  @Test
  void aNamespaceThatIsNotInTheCacheYetHolds() {
    shelf.with(cluster("a", "one", PRODUCTION));

    assertHolds(
        choice(""), Problem.Kind.UNSYNCED, "the labels of namespace shop are not in the cache yet");
  }

  @Test
  void aNamespaceThatIsSelectedByItsNameIsNotLookedAt() {
    shelf.with(
        cluster(
            "a", "one", "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}"));

    assertDecides(Shelf.ONE, choice(""));
    assertThat(shelf.read).isEmpty();
  }

  @Test
  void policiesOfTheNamespaceJoinTheClusterPolicy() {
    shelf.with(cluster("company", "one"), namespaced("shop", "extra", "careful", ""));

    assertThat(choice("").policy().parts())
        .extracting(Policy::digest)
        .containsExactly(Shelf.ONE.digest(), Shelf.CAREFUL.digest());
  }

  @Test
  void policiesOfOtherNamespacesDoNot() {
    shelf.with(cluster("company", "one"), namespaced("other", "extra", "careful", ""));

    assertDecides(Shelf.ONE, choice(""));
  }

  @Test
  void aNamespacePolicyThatWasNeverGoodHolds() {
    shelf.with(namespaced("shop", "extra", BROKEN, ""));

    assertHolds(
        choice(""),
        Problem.Kind.POLICY,
        "policy shop/extra cannot be used, and no earlier version is known: broken.drl:1: refused");
  }

  @Test
  void aNamespacePolicyCanBeNamedWhereItsSelectorLeavesTheCanaryOut() {
    shelf.with(
        cluster("company", "one"),
        namespaced("shop", "extra", "careful", "selector: {matchLabels: {team: other}}"));
    assertDecides(Shelf.ONE, choice(""));

    assertThat(choice("extra").policy().parts())
        .extracting(Policy::digest)
        .containsExactly(Shelf.ONE.digest(), Shelf.CAREFUL.digest());
    assertThat(choice("extra").problems()).isEmpty();
  }

  @Test
  void shadowsDecideBesideTheActivePolicy() {
    shelf.with(cluster("company", "one"), cluster("next", "other", "mode: Shadow"));

    Choice choice = choice("");

    assertDecides(Shelf.ONE, choice);
    assertThat(choice.shadows()).containsExactly(new ShadowPolicy("next", Shelf.OTHER));
  }

  @Test
  void theShadowOfANamespaceIsTheActivePolicyAndItsCaution() {
    shelf.with(cluster("company", "one"), namespaced("shop", "extra", "careful", "mode: Shadow"));

    ShadowPolicy shadow = choice("").shadows().getFirst();

    assertThat(shadow.name()).isEqualTo("shop/extra");
    assertThat(shadow.policy().parts())
        .extracting(Policy::digest)
        .containsExactly(Shelf.ONE.digest(), Shelf.CAREFUL.digest());
  }

  @Test
  void aShadowThatIsBrokenHoldsNothing() {
    shelf.with(cluster("next", BROKEN, "mode: Shadow"));

    assertDecides(Shelf.DEFAULT, choice(""));
  }

  @Test
  void theSettingsOfFittingShadowsAreKnownWhateverBecameOfThem() {
    shelf.with(
        cluster("company", "one", "settings: [{name: active, number: 1}]"),
        cluster("next", "other", "mode: Shadow\nsettings: [{name: next, number: 1}]"),
        cluster("worse", BROKEN, "mode: Shadow\nsettings: [{name: worse, number: 1}]"),
        cluster("packed", "careful", "mode: Shadow\npacks: [minimum-samples, nosuch]"),
        cluster("off", "other", "mode: 'Off'\nsettings: [{name: off, number: 1}]"),
        cluster(
            "others",
            "other",
            "mode: Shadow\nselector: {matchLabels: {team: x}}\nsettings: [{name: x, number: 1}]"));
    shelf.catalog.offer(
        namespaced("shop", "slow", "one", "mode: Shadow\nsettings: [{name: slow, number: 1}]"));

    assertThat(shelf.catalog.choose(wishing("next=2"), shelf).shadowSettings())
        .containsExactly(
            "minimum-samples.requests", "minimum-samples.ticks", "next", "slow", "worse");
    assertThat(shelf.catalog.choose(canary(""), shelf).shadowSettings())
        .as("nobody asks")
        .isEmpty();
  }

  private static Canary wishing(String settings) {
    KubeObject canary = KubeObject.of("flagger.app/v1beta1", "Canary", "shop", "web");
    return Canary.of(
        canary.with(
            tree ->
                tree.withObject("metadata")
                    .putObject("annotations")
                    .put("serin.dev/settings", settings)));
  }

  @Test
  void atMostFourShadowsDecide() {
    IntStream.range(0, 6).forEach(i -> shelf.with(cluster("next" + i, "other", "mode: Shadow")));

    assertThat(choice("").shadows())
        .extracting(ShadowPolicy::name)
        .containsExactly("next0", "next1", "next2", "next3");
  }
}

package io.serin.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.Finding;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.PromotionPolicySpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The last good version of a policy in the cluster: written when it is another, read as it was. */
class PolicyRevisionsTest {

  private static final String HOME = "serin-system";
  private static final KubeObject STRICT = policy("", "strict", "u1");
  private static final KubeObject CAUTION = policy("shop", "caution", "u2");
  private static final PromotionPolicySpec FULL =
      spec(
          """
          {"mode": "Shadow", "base": "default", "packs": ["trends", "capacity"], "without": ["a rule"],
           "settings": [{"name": "n", "number": 0, "min": -1.5}, {"name": "t", "text": "", "oneOf": ["eu"]},
             {"name": "d", "duration": "10m", "longest": "1h"}],
           "selector": {"matchLabels": {"team": "shop"},
             "matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["a", "b"]}]},
           "namespaceSelector": {"matchExpressions": [{"key": "env", "operator": "Exists"}]},
           "files": {"b.drl": "rule \\"ü\\"\\n\\tend", "a.drl": "", "c.drl": "x"}, "tests": {"a_test.yaml": "cases: []"}}
          """);

  private final FakeRevisions cluster = new FakeRevisions();
  private final PolicyRevisions revisions = new PolicyRevisions(cluster, HOME, Duration.ZERO);

  PolicyRevisionsTest() {
    cluster.add(STRICT);
    cluster.add(CAUTION);
  }

  @Test
  void whatIsKeptIsFoundAsItWas() {
    revisions.keep(cluster, STRICT.ref(), FULL);

    assertThat(revisions.find(STRICT.ref())).contains(new KeptPolicy(FULL, List.of()));
    assertThat(revisions.find(CAUTION.ref())).isEmpty();
  }

  @Test
  void aVersionGoesWithItsPolicyAndIsInItsNamespaceOrAtHome() {
    revisions.keep(cluster, STRICT.ref(), FULL);
    revisions.keep(cluster, CAUTION.ref(), FULL);

    KubeObject strict = kept(HOME).getFirst();
    assertThat(strict.labels()).containsEntry("serin.dev/policy-version", "true");
    assertThat(strict.list("metadata", "ownerReferences"))
        .singleElement()
        .asString()
        .isEqualTo(
            "{\"apiVersion\":\"serin.dev/v1alpha1\",\"kind\":\"ClusterPromotionPolicy\","
                + "\"name\":\"strict\",\"uid\":\"u1\",\"controller\":true}");
    assertThat(kept("shop")).singleElement().isNotEqualTo(strict);
  }

  @Test
  void aVersionThatIsKeptAlreadyIsNotWrittenAgain() {
    revisions.keep(cluster, STRICT.ref(), FULL);
    PromotionPolicySpec same = spec(FULL.toTree().toString());

    revisions.keep(cluster, STRICT.ref(), same);

    assertThat(cluster.writes).hasSize(1);
  }

  @Test
  void anotherVersionIsWrittenBeforeTheOneItReplacesGoes() {
    revisions.keep(cluster, STRICT.ref(), FULL);
    String first = kept(HOME).getFirst().ref().toString();

    revisions.keep(cluster, STRICT.ref(), rules("two"));

    String second = kept(HOME).getFirst().ref().toString();
    assertThat(cluster.writes)
        .containsExactly("create " + first, "create " + second, "delete " + first);
    assertThat(found(STRICT)).isEqualTo(rules("two"));
  }

  @Test
  void aVersionThatAnInterruptedReplacementLeftIsNotTakenForTheLastOne() {
    for (int i = 1; i <= 5; i++) {
      cluster.add(PolicyRevision.of(STRICT, HOME, rules("v" + i), i));
    }

    assertThat(found(STRICT)).isEqualTo(rules("v5"));
    revisions.keep(cluster, STRICT.ref(), rules("v2"));
    assertThat(found(STRICT)).isEqualTo(rules("v2"));
    assertThat(cluster.writes).hasSize(4).allMatch(write -> write.startsWith("delete "));
  }

  @Test
  void aVersionThatCannotBeStoredLeavesNoOutdatedOneBehind() {
    revisions.keep(cluster, STRICT.ref(), FULL);
    cluster.refusal = new ClusterException("create: 413 etcdserver: request is too large");

    revisions.keep(cluster, STRICT.ref(), rules("two"));

    assertThat(revisions.find(STRICT.ref())).isEmpty();
  }

  @Test
  void aVersionThatAnotherReplicaHasStoredMeanwhileIsKept() {
    revisions.keep(cluster, STRICT.ref(), FULL);
    cluster.refusal = new ConflictException("create: 409 already exists");

    revisions.keep(cluster, STRICT.ref(), rules("two"));

    assertThat(cluster.writes).last().asString().startsWith("delete ");
  }

  @Test
  void aPolicyThatWasDeletedAndMadeAgainHasNoEarlierVersion() {
    revisions.keep(cluster, STRICT.ref(), FULL);

    cluster.add(policy("", "strict", "u3"));

    assertThat(revisions.find(STRICT.ref())).isEmpty();
  }

  @Test
  void thePromotedPodTemplateOfACanaryIsNoPolicy() {
    revisions.keep(cluster, STRICT.ref(), FULL);
    KubeObject template =
        kept(HOME)
            .getFirst()
            .with(
                tree ->
                    tree.withObject("metadata").putObject("labels").put(Names.SNAPSHOT, "true"));
    cluster.add(template);

    assertThat(revisions.find(STRICT.ref())).isEmpty();
  }

  @Test
  void whileTheCacheIsEmptyNothingIsKnownAndNothingWritten() {
    cluster.synced = false;

    revisions.keep(cluster, STRICT.ref(), FULL);

    assertThat(cluster.writes).isEmpty();
    assertThat(revisions.find(STRICT.ref()).orElseThrow().problems())
        .containsExactly("ControllerRevisions cannot be listed; check the permissions of Serin");
  }

  @Test
  void aLargePolicyIsStoredSmall() {
    String text = "rule \"waits\" when Rollout( weight == 10 ) then decide.hold( \"x\" ); end\n";

    revisions.keep(cluster, STRICT.ref(), rules(text.repeat(512 * 1024 / text.length())));

    assertThat(kept(HOME).getFirst().tree().toString()).hasSizeLessThan(16 * 1024);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  void whatCannotBeTrustedIsOneLine(String why, Consumer<ObjectNode> change) {
    revisions.keep(cluster, STRICT.ref(), FULL);
    KubeObject changed = cluster.add(kept(HOME).getFirst().with(change));

    KeptPolicy kept = revisions.find(STRICT.ref()).orElseThrow();

    assertThat(kept.problems()).containsExactly(changed.ref() + " " + why);
    assertThat(kept.spec()).isEqualTo(PromotionPolicySpec.EMPTY);
  }

  static Stream<Arguments> unusable() {
    String unreadable = "holds nothing that can be read; delete it";
    return Stream.of(
        unusable(
            "is of format 2, and this Serin reads 1; update Serin",
            tree -> data(tree).put("format", 2)),
        unusable(
            "was changed by hand; delete it",
            tree -> data(tree).put("policy", zipped("{\"base\": \"default\"}"))),
        unusable(unreadable, tree -> tree.remove("data")),
        unusable(unreadable, tree -> data(tree).put("policy", "?")),
        unusable(unreadable, tree -> data(tree).put("policy", 7)),
        unusable(unreadable, tree -> data(tree).put("policy", noise())),
        unusable(
            unreadable, tree -> data(tree).put("policy", zipped(" ".repeat(9 * 1024 * 1024)))));
  }

  @Test
  void aPolicyWithAFieldOfANewerSerinIsNotReadByHalf() {
    String json = FULL.toTree().put("colour", "blue").toString();
    cluster.add(PolicyRevision.of(STRICT, HOME, json.getBytes(UTF_8), 1));

    assertThat(revisions.find(STRICT.ref()).orElseThrow().problems())
        .singleElement()
        .asString()
        .contains(" holds no policy: colour is no field of a policy");
  }

  private PromotionPolicySpec found(KubeObject policy) {
    KeptPolicy kept = revisions.find(policy.ref()).orElseThrow();
    assertThat(kept.problems()).isEmpty();
    return kept.spec();
  }

  private List<KubeObject> kept(String namespace) {
    return cluster.list("apps/v1", "ControllerRevision", namespace);
  }

  private static KubeObject policy(String namespace, String name, String uid) {
    String kind = namespace.isEmpty() ? Names.CLUSTER_PROMOTION_POLICY : Names.PROMOTION_POLICY;
    return KubeObject.of(Names.SERIN_API_VERSION, kind, namespace, name)
        .with(tree -> tree.withObject("metadata").put("uid", uid));
  }

  private static PromotionPolicySpec rules(String text) {
    return PromotionPolicySpec.EMPTY.with(Map.of("own.drl", text), Map.of());
  }

  private static PromotionPolicySpec spec(String json) {
    List<Finding> findings = new ArrayList<>();
    PromotionPolicySpec spec = PromotionPolicySpec.of(JsonMapper.shared().readTree(json), findings);
    assertThat(findings).isEmpty();
    return spec;
  }

  private static Arguments unusable(String why, Consumer<ObjectNode> change) {
    return Arguments.of(why, change);
  }

  private static ObjectNode data(ObjectNode tree) {
    return tree.withObject("data");
  }

  private static String zipped(String json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(json.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** Base64 of what no archive begins with. */
  private static String noise() {
    return Base64.getEncoder().encodeToString("no archive".getBytes(UTF_8));
  }
}

package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Indexed Job in deploy does what it says; no cluster needed. */
class ReplayJobTest {

  private static final String INDEX = "$(JOB_COMPLETION_INDEX)";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final JsonNode job =
      new YAMLMapper()
              .readerFor(JsonNode.class)
              .<JsonNode>readValues(Path.of("deploy/replay-job.yaml"))
              .readAll()
              .stream()
              .filter(object -> object.get("kind").stringValue().equals("Job"))
              .findFirst()
              .orElseThrow();

  /** As the kubelet mounts a ConfigMap: links to a directory of this version. */
  @BeforeEach
  void policyOfAConfigMap() throws IOException {
    Path version = Files.createDirectories(directory.resolve("policy/..2026_03_02"));
    Files.writeString(
        version.resolve("a.drl"),
        """
        rule "impatient"
        when Rollout( analysing ) Metric( outcome != Outcome.PASS )
        then decide.rollback( "one is enough" ); end
        rule "measure" when Rollout( analysing, due, started ) $c : Check() then decide.measure( $c ); end
        rule "otherwise wait" when Rollout() then decide.idle( "nothing" ); end
        """);
    Files.createSymbolicLink(directory.resolve("policy/..data"), Path.of("..2026_03_02"));
    Files.createSymbolicLink(directory.resolve("policy/a.drl"), Path.of("..data/a.drl"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "html"})
  void itsShardsPutTogetherAreTheWholeReplay(String format) {
    int shards = job.at("/spec/completions").intValue();
    for (int index = 0; index < shards; index++) {
      assertThat(run(args(index))).as(err.toString()).isEqualTo(ExitCode.OK);
    }
    assertThat(run("replay", "--merge", at("results"), "-o", format)).isEqualTo(ExitCode.OK);
    String merged = out.toString();

    run("replay", "--recordings", EXAMPLES, "--against", at("policy"), "-o", format);

    assertThat(merged).isEqualTo(out.toString()).contains("failing-latency");
  }

  @Test
  void eachPodTakesAShardOfItsOwn() {
    JsonNode spec = job.get("spec");
    int completions = spec.get("completions").intValue();

    assertThat(spec.get("completionMode").stringValue()).isEqualTo("Indexed");
    assertThat(arguments()).contains("--shard=" + INDEX + "/" + completions);
  }

  @Test
  void everyPathOfTheArgumentsIsMounted() {
    List<String> mounted =
        container()
            .get("volumeMounts")
            .valueStream()
            .map(m -> m.get("mountPath").stringValue())
            .toList();
    List<String> volumes =
        pod().get("volumes").valueStream().map(v -> v.get("name").stringValue()).toList();

    assertThat(mounted).contains("/recordings", "/policy", "/results", "/tmp");
    assertThat(container().get("volumeMounts").valueStream())
        .extracting(mount -> mount.get("name").stringValue())
        .containsExactlyInAnyOrderElementsOf(volumes);
    assertThat(pod().at("/volumes/1/configMap/name").stringValue()).isEqualTo("replay-policy");
    assertThat(pod().at("/volumes/0/persistentVolumeClaim").has("claimName")).isTrue();
  }

  @Test
  void thePodMayDoNothingButReadAndLeaveItsResult() {
    JsonNode security = container().get("securityContext");

    assertThat(pod().at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
    assertThat(pod().at("/securityContext/seccompProfile/type").stringValue())
        .isEqualTo("RuntimeDefault");
    assertThat(pod().get("automountServiceAccountToken").booleanValue()).isFalse();
    assertThat(security.get("allowPrivilegeEscalation").booleanValue()).isFalse();
    assertThat(security.get("readOnlyRootFilesystem").booleanValue()).isTrue();
    assertThat(security.at("/capabilities/drop/0").stringValue()).isEqualTo("ALL");
    assertThat(container().at("/resources/requests").propertyNames()).contains("cpu", "memory");
    assertThat(container().at("/resources/limits").propertyNames()).contains("memory");
    assertThat(container().get("volumeMounts").valueStream())
        .filteredOn(mount -> mount.path("readOnly").booleanValue(false))
        .extracting(mount -> mount.get("mountPath").stringValue())
        .containsExactly("/recordings", "/policy");
  }

  private static final String EXAMPLES = "examples/recordings";

  /** The very arguments of the manifest, with the mounts where this test has them. */
  private String[] args(int index) {
    List<String> args = new ArrayList<>();
    for (String arg : arguments()) {
      args.add(
          arg.replace(INDEX, String.valueOf(index))
              .replace("=/recordings", "=" + EXAMPLES)
              .replace("=/policy", "=" + at("policy"))
              .replace("=/results", "=" + at("results")));
    }
    return args.toArray(String[]::new);
  }

  private List<String> arguments() {
    return container().get("args").valueStream().map(JsonNode::stringValue).toList();
  }

  private JsonNode pod() {
    return job.at("/spec/template/spec");
  }

  private JsonNode container() {
    return pod().at("/containers/0");
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private int run(String... args) {
    return Shell.run(out, err, args, new ReplayCommand());
  }
}

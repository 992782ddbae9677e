package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.serin.api.Names;
import io.serin.policy.PolicyFolder;
import io.serin.policy.PolicySource;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is deployed fits together; no cluster and no kustomize needed. */
class DeployTest {
  private static final Path BASE = Path.of("deploy/kustomize/base");
  private static final YAMLMapper YAML = new YAMLMapper();

  private final List<JsonNode> objects = resources(BASE);

  @Test
  void theBaseHoldsEverythingAControllerNeeds() {
    assertThat(objects)
        .extracting(object -> object.get("kind").stringValue())
        .containsOnlyOnce(
            "Namespace",
            "ServiceAccount",
            "ClusterRole",
            "ClusterRoleBinding",
            "Deployment",
            "Service")
        .contains("CustomResourceDefinition");
  }

  @Test
  void everyCrdFileIsListed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("kustomization.yaml"), listed(Path.of("crds")).stream())
                  .toList());
    }
  }

  @Test
  void everyNamespacedObjectLivesInTheNamespaceThatIsMade() {
    String namespace = name(one("Namespace"));

    assertThat(objects)
        .map(object -> object.at("/metadata/namespace").stringValue(namespace))
        .containsOnly(namespace);
    assertThat(kustomization(BASE).get("namespace").stringValue()).isEqualTo(namespace);
  }

  @Test
  void theControllersAccountIsBoundToItsRole() {
    JsonNode binding = one("ClusterRoleBinding");
    JsonNode subject = binding.at("/subjects/0");

    assertThat(binding.at("/roleRef/name").stringValue()).isEqualTo(name(one("ClusterRole")));
    assertThat(subject.get("name").stringValue()).isEqualTo(name(one("ServiceAccount")));
    assertThat(subject.get("namespace").stringValue()).isEqualTo(name(one("Namespace")));
    assertThat(pod().get("serviceAccountName").stringValue())
        .isEqualTo(name(one("ServiceAccount")));
  }

  @Test
  void theServiceReachesThePods() {
    JsonNode service = one("Service").get("spec");
    JsonNode deployment = one("Deployment").get("spec");

    assertThat(service.get("selector")).isEqualTo(deployment.at("/template/metadata/labels"));
    assertThat(deployment.at("/selector/matchLabels"))
        .isEqualTo(deployment.at("/template/metadata/labels"));
    assertThat(service.at("/ports/0/targetPort")).isEqualTo(container().at("/ports/0/name"));
  }

  @ParameterizedTest
  @CsvSource({
    "startupProbe, /healthz",
    "livenessProbe, /healthz",
    "readinessProbe, /readyz",
  })
  void everyProbeAsksWhatTheControllerAnswers(String probe, String path) {
    JsonNode get = container().at("/" + probe + "/httpGet");

    assertThat(get.get("path").stringValue()).isEqualTo(path);
    assertThat(get.get("port")).isEqualTo(container().at("/ports/0/name"));
  }

  @Test
  void theContainersArgumentsAreOnesThatTheCommandTakes() {
    List<String> args = container().get("args").valueStream().map(JsonNode::stringValue).toList();
    List<ControllerOptions> runs = new ArrayList<>();
    ControllerCommand command =
        new ControllerCommand(
            (options, _) -> {
              runs.add(options);
              return ExitCode.OK;
            },
            Map.of(),
            StopSignal::new,
            (_, _) -> {});

    int exit =
        Commands.commandLine(List.of(ControllerCommand.commandLine(command)))
            .execute(args.toArray(String[]::new));

    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(runs.getFirst().observability().port())
        .isEqualTo(container().at("/ports/0/containerPort").intValue());
  }

  @Test
  void thePodIsNoRootAndWritesToTmpAlone() throws IOException {
    JsonNode security = container().get("securityContext");

    assertThat(Files.readString(Path.of("deploy/Containerfile"))).contains("USER 10001:");
    assertThat(pod().at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
    assertThat(pod().at("/securityContext/runAsUser").intValue()).isEqualTo(10001);
    assertThat(security.get("readOnlyRootFilesystem").booleanValue()).isTrue();
    assertThat(security.get("allowPrivilegeEscalation").booleanValue()).isFalse();
    assertThat(container().at("/volumeMounts/0/mountPath").stringValue()).isEqualTo("/tmp");
    assertThat(pod().at("/volumes/0").has("emptyDir")).isTrue();
  }

  @Test
  void whatTheContainerfileCopiesExists() throws IOException {
    assertThat(Files.readAllLines(Path.of("deploy/Containerfile")))
        .filteredOn(line -> line.startsWith("COPY ") && !line.contains("--from"))
        .flatMap(line -> List.of(line.split(" ")).subList(1, line.split(" ").length - 1))
        .isNotEmpty()
        .allSatisfy(source -> assertThat(Path.of(source)).exists());
  }

  @Test
  void kustomizeRendersTheSameObjects() throws IOException, InterruptedException {
    assumeTrue(onPath("kubectl"), "kubectl is not on PATH");

    String rendered = run("kubectl", "kustomize", BASE.toString());

    assertThat(read(rendered)).map(DeployTest::id).containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void theOverlayShipsAPolicyThatCanBePutTogether() {
    Path overlay = Path.of("deploy/kustomize/policies");
    JsonNode map = kustomization(overlay).at("/configMapGenerator/0");
    Path file = overlay.resolve(map.at("/files/0").stringValue());

    assertThat(map.at("/options/labels").has(Names.POLICY)).isTrue();
    assertThat(file.getFileName()).hasToString(PolicyFolder.MANIFEST);
    assertThat(PolicySource.of(overlay.resolve("platform")).settings().isEmpty()).isFalse();
  }

  @Test
  void theLauncherIsAValidScript() throws IOException, InterruptedException {
    assumeTrue(onPath("sh"), "there is no POSIX shell on PATH");

    run("sh", "-n", "src/main/dist/bin/serin");
  }

  private List<String> ids() {
    return objects.stream().map(DeployTest::id).toList();
  }

  private JsonNode one(String kind) {
    return objects.stream()
        .filter(object -> object.get("kind").stringValue().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode pod() {
    return one("Deployment").at("/spec/template/spec");
  }

  private JsonNode container() {
    return pod().at("/containers/0");
  }

  private static String id(JsonNode object) {
    return object.get("kind").stringValue() + "/" + name(object);
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").stringValue();
  }

  private static List<JsonNode> resources(Path directory) {
    return listed(directory).stream()
        .map(directory::resolve)
        .flatMap(
            path ->
                Files.isDirectory(path)
                    ? resources(path).stream()
                    : YAML.readerFor(JsonNode.class).<JsonNode>readValues(path).readAll().stream())
        .toList();
  }

  private static List<String> listed(Path directory) {
    return kustomization(directory)
        .get("resources")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  private static JsonNode kustomization(Path directory) {
    return YAML.readTree(directory.resolve("kustomization.yaml"));
  }

  private static List<JsonNode> read(String yaml) {
    return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}

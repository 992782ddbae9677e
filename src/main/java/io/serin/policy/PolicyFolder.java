package io.serin.policy;

import io.serin.api.Finding;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A policy as files: {@code *.drl}, {@code *_test.yaml}, and a {@code policy.yaml} that says what
 * it builds on. Directories and ConfigMaps both hold such files.
 */
public final class PolicyFolder {

  /** Says what the policy builds on, its packs, settings and whom it is for. May be absent. */
  public static final String MANIFEST = "policy.yaml";

  private static final String NEARLY_MANIFEST = "policy.yml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private PolicyFolder() {}

  /**
   * What stands in a directory.
   *
   * @throws PolicyException when there is none, or its {@code policy.yaml} cannot be understood
   */
  public static PromotionPolicySpec read(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new PolicyException(
          List.of(
              "policy directory "
                  + directory
                  + (Files.exists(directory) ? " is a file" : " does not exist")
                  + "; name a directory of *.drl files"));
    }
    if (Files.exists(directory.resolve(NEARLY_MANIFEST))) {
      throw new PolicyException(
          List.of(
              "file "
                  + directory.resolve(NEARLY_MANIFEST)
                  + " would not be read; call it "
                  + MANIFEST));
    }
    List<Finding> findings = new ArrayList<>();
    PromotionPolicySpec spec = of(files(directory), findings);
    if (!findings.isEmpty()) {
      throw new PolicyException(findings.stream().map(f -> MANIFEST + ": " + f).toList());
    }
    if (spec.files().isEmpty() && !spec.buildsOnDefault()) {
      throw new PolicyException(
          List.of(
              "policy directory "
                  + directory
                  + " holds no *.drl file; put at least one there, or a "
                  + MANIFEST
                  + " with base: default"));
    }
    return spec;
  }

  /** What stands in files by their names; those that are none of a policy's are left out. */
  public static PromotionPolicySpec of(Map<String, String> texts, List<Finding> findings) {
    PromotionPolicySpec manifest = manifest(texts.getOrDefault(MANIFEST, ""), findings);
    Map<String, String> drl = new TreeMap<>(manifest.files());
    Map<String, String> tests = new TreeMap<>(manifest.tests());
    texts.forEach(
        (name, text) -> {
          if (name.endsWith(".drl")) {
            drl.put(name, text);
          } else if (isTest(name)) {
            tests.put(name, text);
          }
        });
    return manifest.with(drl, tests);
  }

  static PromotionPolicySpec manifest(String text, List<Finding> findings) {
    JsonNode tree = JsonNodeFactory.instance.objectNode();
    try {
      JsonNode read = YAML.readTree(text);
      if (read.isObject()) {
        tree = read;
      } else if (!read.isMissingNode() && !read.isNull()) {
        findings.add(error("is no map of fields; write for example base: default"));
      }
    } catch (JacksonException e) {
      findings.add(error("is no YAML: " + Unreadable.yaml(e)));
    }
    return PromotionPolicySpec.of(tree, findings);
  }

  private static Finding error(String message) {
    return new Finding(Finding.Severity.ERROR, "it", message);
  }

  private static boolean isTest(String name) {
    return name.endsWith("_test.yaml") || name.endsWith("_test.yml");
  }

  private static Map<String, String> files(Path directory) {
    Map<String, String> texts = new TreeMap<>();
    try (var paths = Files.walk(directory)) {
      paths
          .filter(Files::isRegularFile)
          .filter(path -> !hidden(directory.relativize(path)))
          .filter(path -> path.toString().matches(".*(\\.drl|_test\\.ya?ml|policy\\.yaml)"))
          .forEach(path -> texts.put(name(directory, path), text(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "policy directory %s cannot be read: %s".formatted(directory, Unreadable.why(e)), e);
    }
    return texts;
  }

  /** A mounted ConfigMap keeps its versions in hidden folders beside the links to them. */
  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith("..")) {
        return true;
      }
    }
    return false;
  }

  private static String name(Path directory, Path path) {
    return directory.relativize(path).toString().replace('\\', '/');
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new PolicyException(List.of("file " + path + " is no UTF-8 text"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "file %s cannot be read: %s".formatted(path, Unreadable.why(e)), e);
    }
  }
}

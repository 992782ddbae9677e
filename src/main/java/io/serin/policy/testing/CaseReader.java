package io.serin.policy.testing;

import io.serin.api.Unreadable;
import io.serin.fact.Evidence;
import io.serin.policy.testing.Recordings.RecordedTick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code *_test.yaml} files. */
final class CaseReader {

  private static final List<String> CASE =
      List.of("name", "facts", "evidence", "expect", "recording");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Recordings recordings;
  private final List<TestCase> cases = new ArrayList<>();
  private final List<CaseResult> broken = new ArrayList<>();

  CaseReader(Recordings recordings) {
    this.recordings = recordings;
  }

  List<TestCase> cases() {
    return cases;
  }

  /** Cases that cannot be understood; they count as failed. */
  List<CaseResult> broken() {
    return broken;
  }

  void read(Path directory) {
    try (var files = Files.walk(directory)) {
      files
          .filter(f -> f.toString().endsWith("_test.yaml") || f.toString().endsWith("_test.yml"))
          .sorted()
          .forEach(f -> file(directory, f));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void file(Path directory, Path file) {
    String name = directory.relativize(file).toString().replace('\\', '/');
    try {
      read(name, Files.readString(file), other -> recordings.read(file.resolveSibling(other)));
    } catch (IOException e) {
      broken.add(CaseResult.broken(name, "the file", "cannot be read: " + Unreadable.why(e)));
    }
  }

  /** Cases that stand in no directory, and so cannot name recordings. */
  void read(String name, String text) {
    read(
        name,
        text,
        other -> {
          throw new CaseException(
              "recording '%s' cannot be read here; write the facts into the case".formatted(other));
        });
  }

  private void read(String name, String text, Function<String, List<RecordedTick>> neighbours) {
    try {
      Map<String, Object> tree = Yaml.map(YAML.readValue(text, Object.class), name);
      Yaml.only(tree, "a test file", List.of("facts", "cases"));
      Map<String, Object> shared = Yaml.map(tree.get("facts"), "facts");
      for (Object one : Yaml.list(tree.get("cases"))) {
        read(name, neighbours, shared, Yaml.map(one, "a case"));
      }
    } catch (CaseException e) {
      broken.add(CaseResult.broken(name, "the file", e.reason()));
    } catch (JacksonException e) {
      broken.add(CaseResult.broken(name, "the file", "is not YAML: " + Unreadable.yaml(e)));
    }
  }

  private void read(
      String file,
      Function<String, List<RecordedTick>> neighbours,
      Map<String, Object> shared,
      Map<String, Object> own) {
    String name = String.valueOf(own.getOrDefault("name", "case " + (cases.size() + 1)));
    try {
      Yaml.only(own, "a case", CASE);
      Expectation expected = Expectation.read(own.get("expect"));
      cases.add(new TestCase(file, name, ticks(neighbours, shared, own), expected));
    } catch (CaseException e) {
      broken.add(CaseResult.broken(file, name, e.reason()));
    }
  }

  private static List<TestCase.Tick> ticks(
      Function<String, List<RecordedTick>> neighbours,
      Map<String, Object> shared,
      Map<String, Object> own) {
    Object recording = own.get("recording");
    if (recording != null) {
      return neighbours.apply(String.valueOf(recording)).stream()
          .map(t -> new TestCase.Tick(t.facts(), t.evidence()))
          .toList();
    }
    Map<String, Object> written = Yaml.map(own.get("evidence"), "evidence");
    Evidence evidence = FactReader.evidence(written);
    return List.of(
        new TestCase.Tick(
            FactReader.facts(merged(shared, Yaml.map(own.get("facts"), "facts")), written),
            evidence));
  }

  private static Map<String, Object> merged(Map<String, Object> shared, Map<String, Object> own) {
    Map<String, Object> all = new LinkedHashMap<>(shared);
    own.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> && all.get(key) instanceof Map<?, ?>) {
            Map<String, Object> both = Yaml.map(all.get(key), key);
            both.putAll(Yaml.map(value, key));
            all.put(key, both);
          } else {
            all.put(key, value);
          }
        });
    return all;
  }
}

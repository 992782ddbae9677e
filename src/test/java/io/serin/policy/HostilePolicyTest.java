package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serin.policy.profile.Finding;
import io.serin.policy.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every policy of the hostile corpus is refused with a reason, and none of it is executed. */
class HostilePolicyTest {

  private static final Path CORPUS = Path.of("src/test/resources/policy/hostile");
  private static final Path TOUCHED = Path.of("/tmp/serin-hostile");

  @BeforeEach
  void nothingRanYet() {
    System.clearProperty("serin.hostile");
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isRefusedWithAReasonAndNotExecuted(Path file) throws IOException {
    String text = Files.readString(file);
    PolicySource source =
        new PolicySource(List.of(new DrlFile(String.valueOf(file.getFileName()), text)));

    Profile profile = Assertions.assertTimeout(Duration.ofSeconds(20), () -> Profile.read(source));

    String expected = text.lines().findFirst().orElseThrow().replace("// expect:", "").strip();
    assertThat(profile.findings()).isNotEmpty();
    assertThat(profile.findings())
        .anySatisfy(f -> assertThat(f.toString()).contains(expected))
        .allSatisfy(
            f -> assertThat(f.toString()).matches("(?s)[^:\\n]+\\.drl:[1-9][0-9]*: [^\\n]+"));
    PolicyException refused =
        catchThrowableOfType(PolicyException.class, () -> PolicyCompiler.compile(source));
    assertThat(refused.findings()).hasSameSizeAs(profile.findings());
    assertThat(System.getProperty("serin.hostile")).isNull();
    assertThat(TOUCHED).doesNotExist();
  }

  @Test
  void whatIsNestedDeeperThanTheStackIsRefusedLikeAnythingElse() throws InterruptedException {
    String deep =
        "rule \"hostile\" when Rollout( %sanalysing ) then decide.idle( \"x\" ); end"
            .formatted("!".repeat(50_000));
    AtomicReference<Profile> profile = new AtomicReference<>();
    Thread narrow =
        new Thread(null, () -> profile.set(Profile.read(Samples.source(deep))), "narrow", 128_000);

    narrow.start();
    narrow.join();

    assertThat(profile.get().findings())
        .extracting(Finding::toString)
        .containsExactly("test.drl:1: is nested too deeply to be read; simplify its rules");
  }

  @Test
  void theCorpusIsLargeEnough() {
    assertThat(corpus()).hasSizeGreaterThan(60);
  }

  static Stream<Path> corpus() {
    try (var files = Files.list(CORPUS)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package io.serin.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.PolicyMode;
import io.serin.policy.PolicyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does what the tutorial says has, after each step, a policy as the page shows it. */
class TutorialTest {

  private static final Path PAGE = Path.of("docs/policy/tutorial.md");

  /** A file of the policy is named last before its text; where it is added to, the page says so. */
  private static final Pattern STEP =
      Pattern.compile("(?s)([^\n]*)`two-strikes/([\\w.-]+)`:?\n\n```(?:yaml|drl)\n(.*?)```");

  @TempDir private Path directory;
  private List<MatchResult> steps;

  @BeforeEach
  void read() throws IOException {
    steps = STEP.matcher(Files.readString(PAGE)).results().toList();
  }

  @Test
  void aNumberIsChangedWithoutARule() throws IOException {
    take(2);

    TestReport report = PolicyTests.run(directory, PolicyTests.Options.DEFAULT);

    assertThat(report.passed()).as(report.text(false)).isTrue();
    assertThat(report.text(false)).isEqualTo(output("serin test two-strikes"));
  }

  @Test
  void theFirstCaseLeavesConditionsUnseen() throws IOException {
    take(4);

    TestReport report = PolicyTests.run(directory, PolicyTests.Options.DEFAULT);

    assertThat(report.text(true)).isEqualTo(output("serin test two-strikes --coverage"));
  }

  @Test
  void thePolicyThatIsShippedIsTestedAndInShadow() throws IOException {
    take(steps.size());

    TestReport report = PolicyTests.run(directory, new PolicyTests.Options(Recordings.NONE, 90));

    assertThat(report.text(false))
        .isEqualTo(output("serin test two-strikes --fail-under 90 --junit report.xml"));
    assertThat(PolicyFolder.read(directory).mode()).isEqualTo(PolicyMode.SHADOW);
    assertThat(Files.readString(PAGE)).contains("against recorded").contains(report.policy());
  }

  private void take(int count) throws IOException {
    assertThat(steps).hasSize(6);
    for (MatchResult step : steps.subList(0, count)) {
      Path file = directory.resolve(step.group(2));
      boolean add = step.group(1).contains("Add to");
      Files.writeString(
          file,
          step.group(3),
          StandardOpenOption.CREATE,
          add ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
    }
  }

  private static String output(String command) throws IOException {
    return Pattern.compile("(?s)```\n\\$ " + Pattern.quote(command) + "\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }
}

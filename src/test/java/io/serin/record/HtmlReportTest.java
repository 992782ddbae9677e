package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  @TempDir private Path directory;

  @Test
  void thePageShowsEachRolloutAndLoadsNothing() {
    Policy patient = Story.policy(Story.PATIENT);
    Policy strict = Story.policy(Story.STRICT);
    RecordingWriter writer = new RecordingWriter(RecordingOptions.of(directory));
    for (var story :
        List.of(
            Story.under(patient).rates(99, 99, 98, 99, 98),
            Story.under(patient).rates(99, 98, 99, 99, 99, 99, 99),
            Story.under(patient).rates(99, 99, 99, 99, 99, 99))) {
      story.ticks().forEach(writer::append);
    }

    String page =
        HtmlReport.of(Comparison.withRecorded(strict, Progress.NONE).of(directory, Shard.ALL));

    assertThat(page)
        .contains("earlier stop", "false alarm", "Every verdict is the same", "<svg")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void onPaperNothingIsCutThatAScreenWouldScroll() {
    String page = Page.resource("report.html");

    String print = page.substring(page.indexOf("@media print"));
    assertThat(print)
        .contains(".wide, .chart { overflow: visible; }", ".chart svg { min-width: 0; }")
        .contains(".rollout { break-inside: avoid;");
  }

  @Test
  void textsOfOthersAreEscaped() {
    assertThat(Page.escape("<script>'\"&")).isEqualTo("&lt;script&gt;&#39;&quot;&amp;");
  }
}

package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.record.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final StringWriter err = new StringWriter();
  private final ProgressBar bar = new ProgressBar(new PrintWriter(err, true));

  @Test
  void itGrowsInOneLineAndEndsWithIt() {
    bar.at(0, 3 << 20);
    bar.at(3 << 19, 3 << 20);
    bar.at(3 << 20, 3 << 20);

    assertThat(err.toString())
        .isEqualTo(
            "\r[                              ]   0 % of 3 MiB"
                + "\r[###############               ]  50 % of 3 MiB"
                + "\r[##############################] 100 % of 3 MiB\n");
  }

  @Test
  void whatIsToldLateOrChangesNothingIsNotDrawn() {
    bar.at(500, 1000);
    String half = err.toString();

    bar.at(400, 1000);
    bar.at(501, 1000);

    assertThat(err.toString()).isEqualTo(half);
  }

  @Test
  void whereNobodyIsWatchingThereIsNone() {
    assertThat(ProgressBar.of(new PrintWriter(err), null)).isSameAs(Progress.NONE);
  }
}

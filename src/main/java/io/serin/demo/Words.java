package io.serin.demo;

import io.serin.api.Counted;
import io.serin.demo.Scenario.Act;
import java.util.List;

/** What the reports say in the same words. */
final class Words {
  private Words() {}

  static String release(Act act) {
    return switch (act.twist()) {
      case NO_TRAFFIC -> "a good one, but nobody uses the application";
      case CLOSED_GATE -> "a good one that waits for approval";
      case NEWER_RELEASE -> "a good one, soon replaced by " + Release.BETTER;
      case NONE -> version(act.release());
    };
  }

  static String ending(Ending ending) {
    return "%s %s after %s, at most %d %% of the traffic%s"
        .formatted(
            ending.name(),
            ending.phase().wireName().toLowerCase(java.util.Locale.ROOT),
            Counted.of(ending.ticks(), "decision"),
            ending.maxCanaryWeight(),
            ending.expected() ? ", as it should" : ", which it should not");
  }

  static String summary(List<Ending> endings) {
    long expected = endings.stream().filter(Ending::expected).count();
    return "%d of %d rollouts ended as expected".formatted(expected, endings.size());
  }

  private static String version(String tag) {
    return switch (tag) {
      case Release.BROKEN -> "fails three requests of ten";
      case Release.SLOW -> "never fails but is slow";
      default -> "a good one";
    };
  }
}

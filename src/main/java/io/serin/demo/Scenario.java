package io.serin.demo;

import io.serin.api.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The stories that the demo can tell. */
public enum Scenario {
  /** A good release is promoted. */
  SUCCESS(new Act(Release.GOOD, Phase.SUCCEEDED, Twist.NONE)),
  /** A release that fails requests is rolled back. */
  FAILURE(new Act(Release.BROKEN, Phase.FAILED, Twist.NONE)),
  /** The good one, then the bad one. */
  ALL(
      new Act(Release.GOOD, Phase.SUCCEEDED, Twist.NONE),
      new Act(Release.BROKEN, Phase.FAILED, Twist.NONE)),
  /** A slow release is rolled back. */
  FAILING_LATENCY(new Act(Release.SLOW, Phase.FAILED, Twist.NONE)),
  /** Nobody uses the application, so nothing is known about the release and it is rolled back. */
  NO_DATA(new Act(Release.GOOD, Phase.FAILED, Twist.NO_TRAFFIC)),
  /** Somebody approves a good release only after a while. */
  CLOSED_GATE(new Act(Release.GOOD, Phase.SUCCEEDED, Twist.CLOSED_GATE)),
  /** A newer release arrives in the middle of the analysis and starts it anew. */
  NEW_REVISION(new Act(Release.GOOD, Phase.SUCCEEDED, Twist.NEWER_RELEASE));

  private final List<Act> acts;

  Scenario(Act... acts) {
    this.acts = List.of(acts);
  }

  /** What happens besides the release. */
  enum Twist {
    NONE,
    NO_TRAFFIC,
    CLOSED_GATE,
    NEWER_RELEASE
  }

  /**
   * One release.
   *
   * @param release tag of the image
   * @param ending the phase in which the rollout should end
   */
  record Act(String release, Phase ending, Twist twist) {}

  /** The scenario of a name such as {@code failing-latency}. */
  public static Scenario of(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scenario '" + name + "' is unknown; choose one of " + names()));
  }

  /** All names, separated by commas. */
  public static String names() {
    return Arrays.stream(values()).map(Scenario::wireName).collect(Collectors.joining(", "));
  }

  /** The name on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<Act> acts() {
    return acts;
  }
}

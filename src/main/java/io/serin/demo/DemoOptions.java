package io.serin.demo;

/**
 * What the demo shows, and how.
 *
 * @param scenario the story
 * @param speed how many times faster than the wall's the clock of the cluster runs, 1 to 100
 * @param output how it is shown
 */
public record DemoOptions(Scenario scenario, double speed, Output output) {
  /** With this a decision takes about a second. */
  public static final double USUAL_SPEED = 10;

  private static final double FASTEST = 100;

  /** How the demo is shown. */
  public enum Output {
    /** A view that is drawn anew all the time; lines where there is no terminal. */
    LIVE,
    /** A line for each decision. */
    LINES,
    /** A JSON object for each decision, and one for the whole. */
    JSON
  }

  /** Checks the speed. */
  public DemoOptions {
    if (!(speed >= 1 && speed <= FASTEST)) {
      throw new IllegalArgumentException(
          "speed %s is out of range; choose 1 to 100".formatted(Double.toString(speed)));
    }
  }
}

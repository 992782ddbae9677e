package io.serin.demo;

/** The versions of the application, as tags of its image. */
final class Release {
  /** What runs when the story begins. */
  static final String FIRST = "6.0.0";

  /** A good one. */
  static final String GOOD = "6.0.1";

  /** Fails three requests of ten. */
  static final String BROKEN = "6.0.2";

  /** Never fails, but is slow. */
  static final String SLOW = "6.0.3";

  /** Another good one. */
  static final String BETTER = "6.0.4";

  private Release() {}
}

package io.serin.demo;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Duration;
import java.util.Map;

/**
 * How a version of the application answers.
 *
 * @param failures share of requests that end with status 500, 0 to 1
 * @param fastest the shortest that a request takes
 * @param slowest the longest that a request takes
 */
record Behaviour(double failures, Duration fastest, Duration slowest) {
  static final Behaviour GOOD = behaviour(0, 5, 25);

  /** By tag of the image; every other version is good. */
  private static final Map<String, Behaviour> FAULTY =
      Map.of(Release.BROKEN, behaviour(0.3, 10, 60), Release.SLOW, behaviour(0, 600, 900));

  static Behaviour of(PodTemplateSpec template) {
    return ofTag(tag(template));
  }

  static Behaviour ofTag(String tag) {
    return FAULTY.getOrDefault(tag, GOOD);
  }

  /** The tag of the first container's image, {@code latest} when it has none. */
  static String tag(PodTemplateSpec template) {
    String image = template.getSpec().getContainers().getFirst().getImage();
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "latest";
  }

  /** How long a request takes, for a number from 0 to 1. */
  Duration latency(double random) {
    long spread = slowest.toNanos() - fastest.toNanos();
    return fastest.plusNanos((long) (spread * random));
  }

  private static Behaviour behaviour(double failures, int fastestMillis, int slowestMillis) {
    return new Behaviour(
        failures, Duration.ofMillis(fastestMillis), Duration.ofMillis(slowestMillis));
  }
}

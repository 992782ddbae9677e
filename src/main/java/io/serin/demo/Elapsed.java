package io.serin.demo;

import java.time.Duration;
import java.time.Instant;

/** Times as minutes and seconds since the story began. */
record Elapsed(Instant start) {

  String at(Instant time) {
    Duration since = Duration.between(start, time);
    return "%02d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
  }
}

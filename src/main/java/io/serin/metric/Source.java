package io.serin.metric;

import io.serin.api.MetricCheck;
import java.util.ArrayList;
import java.util.List;

/** Where a check's value comes from; one check can have several. */
enum Source {
  SUCCESS_RATE,
  DURATION,
  INLINE,
  TEMPLATE;

  /** The sources of a check in the order in which Flagger asks them. */
  static List<Source> of(MetricCheck check) {
    List<Source> sources = new ArrayList<>();
    if (check.name().equals(MetricCheck.REQUEST_SUCCESS_RATE)) {
      sources.add(SUCCESS_RATE);
    }
    if (check.name().equals(MetricCheck.REQUEST_DURATION)) {
      sources.add(DURATION);
    }
    if (!check.query().isEmpty()) {
      sources.add(INLINE);
    }
    if (check.templateRef() != null) {
      sources.add(TEMPLATE);
    }
    return sources;
  }

  boolean isBuiltIn() {
    return this == SUCCESS_RATE || this == DURATION;
  }
}

package io.serin.metric;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers what a test tells it to, and remembers who was asked what. */
final class FakeProvider implements Provider.Factory {
  final List<Query> asked = new ArrayList<>();
  final List<Backend> opened = new ArrayList<>();
  String offline = "";
  private final Deque<Reading> answers = new ArrayDeque<>();

  void answers(double... values) {
    for (double value : values) {
      answers.add(new Reading.Value(value));
    }
  }

  void answers(Reading reading) {
    answers.add(reading);
  }

  @Override
  public Provider open(Backend backend) {
    if (backend.address().startsWith("bad")) {
      throw new MetricException("address is bad");
    }
    opened.add(backend);
    return new Provider() {
      @Override
      public Reading query(Query query) {
        asked.add(query);
        return answers.isEmpty() ? new Reading.NoData() : answers.remove();
      }

      @Override
      public String offline() {
        asked.add(new Query("offline?", Duration.ZERO));
        return offline;
      }
    };
  }
}

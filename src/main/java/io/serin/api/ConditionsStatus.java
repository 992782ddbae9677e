package io.serin.api;

import java.util.List;

/** A status that holds nothing but conditions. */
public record ConditionsStatus(List<Condition> conditions) {
  public ConditionsStatus {
    conditions = List.copyOf(conditions);
  }

  static ConditionsStatus read(Fields f) {
    return new ConditionsStatus(f.list("conditions", Condition::read));
  }
}

package io.serin.policy;

import io.serin.fact.Check;
import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import java.util.ArrayList;
import java.util.List;

/** What rules see: the working memory of the two parts of a decision. */
public final class Memory {

  private Memory() {}

  /** What rules see that ask: the facts and what was answered so far. */
  public static List<Object> asking(Facts facts, Evidence answers) {
    List<Object> all = new ArrayList<>(facts.all());
    all.addAll(answers.all());
    return all;
  }

  /** What rules see that propose: all facts and all evidence; a measured check is not pending. */
  public static List<Object> proposing(Facts facts, Evidence evidence) {
    List<Object> all = new ArrayList<>();
    for (Object fact : facts.all()) {
      all.add(fact instanceof Check check ? afterwards(check, evidence) : fact);
    }
    all.addAll(evidence.all());
    return all;
  }

  /** A check as rules see it that propose. */
  static Check afterwards(Check check, Evidence evidence) {
    return new Check(check.name(), check.order(), !evidence.measured(check));
  }
}

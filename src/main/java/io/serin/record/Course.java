package io.serin.record;

import io.serin.fact.Verdict;
import io.serin.policy.Resolution;

/**
 * What of a verdict is compared: the verb and how far it goes. Reasons are told but not compared.
 */
final class Course {

  private Course() {}

  /** Such as {@code advance 20}, {@code iterate 3} or {@code hold}. */
  static String of(Verdict verdict) {
    return verdict.course();
  }

  static boolean same(Verdict one, Verdict other) {
    return one.equals(other) || of(one).equals(of(other));
  }

  /** How a verdict that is written so is drawn. */
  static String kind(String course) {
    return switch (course.split(" ", 2)[0]) {
      case "rollback", "strand", "abandon", "cancel" -> "stop";
      case "halt", "freeze" -> "halt";
      case "hold", "await", "suspend", "idle", "rebaseline" -> "wait";
      case "?" -> "unknown";
      default -> "go";
    };
  }

  /** The verdict ends the run: the revision is rejected or withdrawn. */
  static boolean stops(Verdict verdict) {
    return switch (verdict.caution()) {
      case RELEASE, ROLLBACK, RETREAT -> !(verdict instanceof Verdict.Restart);
      case SUSPEND, FREEZE, HALT, HOLD, PROGRESS, IDLE -> false;
    };
  }

  /** The verdict leaves phase, weight and iterations as they are. */
  static boolean waits(Verdict verdict) {
    return switch (verdict.caution()) {
      case SUSPEND, FREEZE, HALT, HOLD, IDLE -> true;
      case RELEASE, ROLLBACK, RETREAT, PROGRESS -> false;
    };
  }

  /** {@code one} gives the canary more than {@code other} does: traffic, time or forgiveness. */
  static boolean bolder(Verdict one, Verdict other) {
    boolean waitAlike =
        one.caution() == other.caution() && waits(one)
            || one instanceof Verdict.Idle && waits(other);
    return !waitAlike && !Resolution.atLeastAsCareful(one, other);
  }
}

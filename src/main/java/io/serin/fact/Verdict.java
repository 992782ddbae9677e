package io.serin.fact;

/**
 * What a rule wants to happen in this tick. The transition of a rollout's status is a function of
 * the verdict that won; nothing else changes a status.
 */
public sealed interface Verdict {

  /** Why, in one line that holds the values compared. */
  String reason();

  /** How careful it is. */
  Caution caution();

  /** The verb by which rules propose it and people read it, such as {@code advance}. */
  default String verb() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /**
   * The verb and how far it goes, such as {@code advance 20} or {@code hold}: what is compared
   * where two decisions are, since reasons differ in words alone.
   */
  default String course() {
    return switch (this) {
      case Advance step -> verb() + " " + step.weight();
      case Shift step -> verb() + " " + step.weight();
      case Iterate step -> verb() + " " + step.iteration();
      default -> verb();
    };
  }

  /**
   * How much caution there is within one level: of two verdicts of a level the larger bows to the
   * smaller.
   */
  default int boldness() {
    return 0;
  }

  /** The Canary is being deleted: put the world back as it was. */
  record Terminate(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.RELEASE;
    }
  }

  /** The world is as it was: let the Canary go. */
  record Release(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.RELEASE;
    }

    @Override
    public int boldness() {
      return 1;
    }
  }

  /** Leave everything as it is, repairs included. */
  record Suspend(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.SUSPEND;
    }
  }

  /** Reject the revision: all traffic to the primary, the target to zero. */
  record Rollback(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.ROLLBACK;
    }
  }

  /**
   * The promotion failed: the canary, the healthy copy, takes all traffic and the last good primary
   * comes back.
   */
  record Strand(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.ROLLBACK;
    }

    @Override
    public int boldness() {
      return 1;
    }
  }

  /**
   * The first primary never became ready: give up until the target changes; nothing is scaled down.
   */
  record Abandon(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.ROLLBACK;
    }

    @Override
    public int boldness() {
      return 2;
    }
  }

  /** The revision was withdrawn: all traffic to the primary, the target to zero, no judgement. */
  record Cancel(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.RETREAT;
    }
  }

  /**
   * A newer revision replaces the one under analysis: from the beginning, with no canary traffic.
   */
  record Restart(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.RETREAT;
    }

    @Override
    public int boldness() {
      return 1;
    }
  }

  /** Wait for a person. */
  record Freeze(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.FREEZE;
    }
  }

  /** Wait, and count a failed check. */
  record Halt(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.HALT;
    }
  }

  /** Wait. */
  record Hold(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.HOLD;
    }

    @Override
    public int boldness() {
      return 1;
    }
  }

  /**
   * Wait for a gate to open; where the phase machine has a phase for that wait, enter it.
   *
   * @param gate the closed gate
   */
  record Await(Gate gate, String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.HOLD;
    }
  }

  /**
   * Take the status of another controller over: remember the present target in our own encoding.
   */
  record Rebaseline(String reason) implements Progress {
    @Override
    public int boldness() {
      return -1;
    }
  }

  /** Begin the initialisation: services and a primary made from the target. */
  record Accept(String reason) implements Progress {}

  /** The primary serves: point the apex at it and scale the target to zero. */
  record Initialise(String reason) implements Progress {}

  /** Begin the analysis of the target's new revision. */
  record Start(String reason) implements Progress {}

  /** Copy live traffic to the canary for one step. */
  record Mirror(String reason) implements Progress {}

  /**
   * Do the next iteration of an A/B or blue/green run; the one after the last routes all traffic to
   * the green copy.
   *
   * @param iteration number of the iteration, from 1
   */
  record Iterate(int iteration, String reason) implements Progress {
    @Override
    public int boldness() {
      return iteration;
    }
  }

  /**
   * Shift live traffic to the canary.
   *
   * @param weight new weight of the canary in percent
   */
  record Advance(int weight, String reason) implements Progress {
    @Override
    public int boldness() {
      return weight;
    }
  }

  /** Copy the analysed revision into the primary. */
  record Promote(String reason) implements Progress {
    @Override
    public int boldness() {
      return 1_000;
    }
  }

  /**
   * Copy the revision under analysis into the primary before the last step, on complete evidence of
   * the present one.
   */
  record PromoteEarly(String reason) implements Progress {
    @Override
    public int boldness() {
      return 1_001;
    }
  }

  /** Copy the target into the primary without any analysis and finish. */
  record PromoteUnanalysed(String reason) implements Progress {
    @Override
    public int boldness() {
      return 1_002;
    }
  }

  /**
   * Shift live traffic from the canary back to the promoted primary.
   *
   * @param weight new weight of the canary in percent
   */
  record Shift(int weight, String reason) implements Progress {
    @Override
    public int boldness() {
      return 100 - weight;
    }
  }

  /** Route all traffic to the promoted primary. */
  record Finalise(String reason) implements Progress {
    @Override
    public int boldness() {
      return 101;
    }
  }

  /** The promotion is finished: scale the target to zero. */
  record Succeed(String reason) implements Progress {}

  /** The last good primary is back after a failed promotion: traffic to it, the target to zero. */
  record Settle(String reason) implements Progress {}

  /** Nothing to do. */
  record Idle(String reason) implements Verdict {
    @Override
    public Caution caution() {
      return Caution.IDLE;
    }
  }

  /** A step forward. */
  sealed interface Progress extends Verdict {
    @Override
    default Caution caution() {
      return Caution.PROGRESS;
    }
  }
}

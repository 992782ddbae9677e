package io.serin.rollout;

import io.serin.policy.DrlFile;
import io.serin.policy.Policy;
import io.serin.policy.PolicySource;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * The guard rails over generated histories of generated canaries. {@link Guard} looks at every
 * tick.
 */
@Domain(Histories.class)
@Domain(DomainContext.Global.class)
class GuardRailsPropertyTest {

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void holdFromTheBeginningAndEveryRunEnds(
      @ForAll Setup setup, @ForAll @Size(max = 25) List<Action.Step> history) {
    new Life(setup).live(history).settle();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void holdInTheMiddleOfARunAndEveryRunEnds(
      @ForAll Setup setup,
      @ForAll @IntRange(max = 5) int steps,
      @ForAll @Size(max = 25) List<Action.Step> history) {
    Life life = new Life(setup).initialised();
    life.scenario.release("6.9.9");
    for (int i = 0; i <= steps; i++) {
      life.due();
    }
    life.live(history).settle();
  }

  /** Each minute of the hour this policy wants something else, whatever the phase and the facts. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void holdAgainstAGreedyPolicy(
      @ForAll Setup setup,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll @Size(max = 40) List<Action.Step> history) {
    Life life = new Life(setup).initialised();
    life.scenario.release("6.9.9");
    life.due();
    life.skip(minute);
    life.with(Greed.POLICY).live(history);
  }

  /** Compiled once. */
  private static final class Greed {

    private static final List<String> VERDICTS =
        List.of(
            "advance( 100, \"now\" )",
            "advance( 20, \"now\" )",
            "advance( 30, \"now\" )",
            "iterate( 1, \"now\" )",
            "iterate( 2, \"now\" )",
            "iterate( 3, \"now\" )",
            "iterate( 4, \"now\" )",
            "mirror( \"now\" )",
            "promote( \"now\" )",
            "promoteEarly( \"now\" )",
            "promoteUnanalysed( \"now\" )",
            "finalise( \"now\" )",
            "succeed( \"now\" )",
            "shift( 10, \"now\" )",
            "start( \"now\" )",
            "restart( \"now\" )",
            "cancel( \"now\" )",
            "rollback( \"now\" )",
            "strand( \"now\" )",
            "settle( \"now\" )",
            "rebaseline( \"now\" )",
            "accept( \"now\" )",
            "initialise( \"now\" )",
            "abandon( \"now\" )",
            "terminate( \"now\" )",
            "release( \"now\" )",
            "halt( \"now\" )",
            "idle( \"now\" )");

    static final Policy POLICY =
        Policy.of(new PolicySource(List.of(new DrlFile("greed.drl", drl()))));

    private static String drl() {
      StringBuilder drl = new StringBuilder();
      for (int minute = 0; minute < 60; minute++) {
        drl.append(
            """
            rule "minute %1$d"
            when
                Moment( minute == %1$d )
            then
                decide.%2$s;
            end
            """
                .formatted(minute, wish(minute)));
      }
      return drl.append(
              """
              rule "ask every hook"
              when
                  Moment( minute < 50 )
                  $hook : Hook( type != WebhookType.POST_ROLLOUT )
              then
                  decide.call( $hook );
              end
              rule "measure every check"
              when
                  Moment( minute < 50 )
                  $check : Check()
              then
                  decide.measure( $check );
              end
              rule "wait for any closed gate"
              when
                  Moment( minute == 7 || minute == 47 )
                  $gate : Gate( !open )
              then
                  decide.await( $gate, "closed" );
              end
              """)
          .toString();
    }

    /** The steps of a run come again and again, everything else once. */
    private static String wish(int minute) {
      return VERDICTS.get(minute % 2 == 0 ? minute / 2 % VERDICTS.size() : minute / 2 % 14);
    }
  }
}

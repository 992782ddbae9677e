package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.fact.Caution;
import io.serin.policy.Proposal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the decision record of each tick to the log: what moved something at info, the rest at
 * debug.
 */
public final class LogTeller implements Teller {

  private static final Logger log = LoggerFactory.getLogger("io.serin.decision");

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    boolean quiet = record.told().isEmpty() && record.effects().isEmpty();
    boolean waits =
        record.verdict().caution() == Caution.IDLE || record.before().equals(record.after());
    log.atLevel(quiet && waits ? Level.DEBUG : Level.INFO)
        .addKeyValue("canary", record.canary())
        .addKeyValue("tick", record.tick())
        .addKeyValue("phase", record.after().phase().wireName())
        .addKeyValue("weight", record.after().weight())
        .addKeyValue("verdict", record.verdict().verb())
        .addKeyValue("rule", record.rule())
        .addKeyValue("reason", record.verdict().reason())
        .addKeyValue("policy", record.policy())
        .addKeyValue("facts", record.facts())
        .addKeyValue("asked", record.asked())
        .addKeyValue("evidence", record.evidence())
        .addKeyValue("proposals", record.proposals().stream().map(LogTeller::brief).toList())
        .addKeyValue("effects", record.effects())
        .addKeyValue("told", record.told().stream().map(Told::message).toList())
        .log("decided");
  }

  private static Map<String, Object> brief(Proposal proposal) {
    Map<String, Object> brief = new LinkedHashMap<>();
    brief.put("rule", proposal.rule());
    brief.put("verdict", proposal.verdict().verb());
    brief.put("reason", proposal.verdict().reason());
    brief.put("because", List.copyOf(proposal.because()).toString());
    return brief;
  }
}

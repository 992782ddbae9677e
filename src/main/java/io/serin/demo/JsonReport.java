package io.serin.demo;

import io.serin.demo.Scenario.Act;
import io.serin.fact.Metric;
import io.serin.rollout.TickRecord;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object for each decision, each on a line, and a last one for the whole. */
final class JsonReport implements Report {
  private final PrintWriter out;

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void says(String line) {}

  @Override
  public void begins(Act act) {}

  @Override
  public void decided(TickRecord record) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    line.put("time", record.at().toString())
        .put("canary", record.canary())
        .put("tick", record.tick())
        .put("phase", record.after().phase().wireName())
        .put("weight", record.after().weight())
        .put("failedChecks", record.after().failedChecks())
        .put("verdict", record.verdict().verb())
        .put("rule", record.rule())
        .put("reason", record.verdict().reason());
    ArrayNode metrics = line.putArray("metrics");
    record.evidence().metrics().forEach(metric -> add(metrics.addObject(), metric));
    print(line);
  }

  @Override
  public void ended(Ending ending) {}

  @Override
  public void finished(List<Ending> endings) {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    ArrayNode rollouts = whole.putArray("rollouts");
    for (Ending ending : endings) {
      rollouts
          .addObject()
          .put("name", ending.name())
          .put("result", ending.phase().wireName())
          .put("ticks", ending.ticks())
          .put("maxCanaryWeight", ending.maxCanaryWeight());
    }
    print(whole);
  }

  private static void add(ObjectNode node, Metric metric) {
    node.put("name", metric.name())
        .put("outcome", metric.outcome().name())
        .put("value", metric.value())
        .put("min", metric.min())
        .put("max", metric.max());
  }

  private void print(ObjectNode line) {
    out.println(line);
    out.flush();
  }
}

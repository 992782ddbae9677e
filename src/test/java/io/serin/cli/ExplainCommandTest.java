package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.BundledPolicy;
import io.serin.policy.Policy;
import io.serin.record.Recordings;
import io.serin.record.TickRing;
import io.serin.rollout.TickRecord;
import io.serin.server.Metrics;
import io.serin.server.RolloutsApi;
import io.serin.server.Server;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
  private static final Policy POLICY = BundledPolicy.load();
  private static final String FILE = "examples/recordings/failing-success-rate.jsonl";
  private static final List<TickRecord> TICKS =
      new Recordings().readFile(Path.of(FILE), _ -> {}).getLast().ticks();
  private static final TickRecord ROLLBACK =
      TICKS.stream().filter(t -> t.verdict().verb().equals("rollback")).findFirst().orElseThrow();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TickRing ring = new TickRing();
  @AutoClose private final Metrics metrics = new Metrics();

  @AutoClose
  private final Server server =
      Server.startOnLoopback(0, metrics, List.of(new RolloutsApi(ring, _ -> POLICY)));

  @Test
  void aRecordedTickIsExplained() {
    assertThat(run("--recording", FILE, "--tick", Long.toString(ROLLBACK.tick())))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .startsWith(ROLLBACK.canary() + ", tick " + ROLLBACK.tick() + " at ")
        .contains(
            "  verdict    rollback\n",
            "  reason     " + ROLLBACK.verdict().reason() + "\n",
            "  rule       " + ROLLBACK.rule() + "\n",
            "\nwhat the rule saw\n  Rollout  ",
            "\nrules that were one condition short\n",
            "\npolicy " + ROLLBACK.policy() + "\n");
  }

  @Test
  void aLiveTickIsExplainedInTheSameWords() {
    TICKS.forEach(ring::add);
    String[] name = ROLLBACK.canary().split("/", -1);
    String number = Long.toString(ROLLBACK.tick());
    run("--recording", FILE, "--tick", number);
    String recorded = out.toString();

    assertThat(run(name[1], "-n", name[0], "--tick", number, "--controller", url()))
        .isEqualTo(ExitCode.OK);

    assertThat(out.toString()).isEqualTo(recorded);
  }

  @Test
  void theNewestTickIsTakenUnlessOneIsNamed() {
    TICKS.forEach(ring::add);

    run(ROLLBACK.canary(), "--controller", url(), "-o", "json");

    var json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.path("tick").asLong()).isEqualTo(TICKS.getLast().tick());
    assertThat(json.at("/explanation/rule").asString()).isEqualTo(TICKS.getLast().rule());
  }

  @Test
  void whatIsNotThereIsOneLineWithTheNextStep() {
    TICKS.forEach(ring::add);

    fails("no tick of canary default/nothing is kept", "nothing", "--controller", url());
    fails("tick 999 of canary ", ROLLBACK.canary(), "--tick", "999", "--controller", url());
    fails("is it a Serin controller", "x", "--controller", url() + "/healthz");
    fails("does not answer", "x", "--controller", "http://127.0.0.1:1");
    fails("no http or https URL", "x", "--controller", "localhost:8080");
    fails("holds no tick of a/b, but of", "a/b", "--recording", FILE);
    fails("holds no tick 999, but ", "--tick", "999", "--recording", FILE);
    fails("nowhere.jsonl do not exist", "--recording", "nowhere.jsonl");
    fails("nowhere does not exist", "--recording", FILE, "--policy", "nowhere");
  }

  @Test
  void wrongUsageIsToldApart() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(run("Pod Info")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a/b/c")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a", "--policy", "rules/default")).isEqualTo(ExitCode.USAGE);
    assertThat(run("a", "--recording", FILE, "--controller", url())).isEqualTo(ExitCode.USAGE);
    assertThat(run("a", "--tick", "last")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("leave one out", "'last' is no whole number");
    assertThat(err.toString().lines()).hasSize(6).allMatch(l -> l.startsWith("serin explain: "));
  }

  private void fails(String message, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).startsWith("serin explain: ").contains(message).hasLineCount(1);
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private int run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "explain";
    System.arraycopy(args, 0, all, 1, args.length);
    return Shell.run(out, err, all, new ExplainCommand());
  }
}

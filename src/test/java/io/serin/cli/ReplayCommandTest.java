package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReplayCommandTest {

  private static final String ADVANCES =
      """
      rule "one step" when $r : Rollout( analysing ) then decide.advance( $r.nextWeight(), "fine" ); end
      """;
  private static final String STOPS =
      """
      rule "never" when $r : Rollout( analysing ) then decide.rollback( "no " + $r.name() ); end
      """;

  private static final String LINE =
      """
      {"version":"1.0","canary":"test/podinfo","tick":7,"at":"2026-03-02T10:00:00Z","policy":"p",\
      "facts":{"rollout":{"name":"podinfo","namespace":"test","phase":"PROGRESSING",\
      "strategy":"PROGRESSIVE","weight":10,"maxWeight":50,"nextWeight":20},\
      "moment":{"epochSecond":1772445600,"zone":"UTC","day":"MONDAY","hour":10,"minute":0}},\
      "evidence":{},"proposals":[{"rule":"one step","verdict":{"verb":"advance","weight":20,\
      "reason":"fine"}}],"verdict":{"verb":"advance","weight":20,"reason":"fine"},\
      "before":{"phase":"PROGRESSING","weight":10},"after":{"phase":"PROGRESSING","weight":20}}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @BeforeEach
  void files() throws IOException {
    write("recordings/run.jsonl", LINE);
    write("advances/a.drl", ADVANCES);
    write("stops/a.drl", STOPS);
  }

  @Test
  void theSameVerdictsAreListedWithTheirRule() {
    assertThat(replay("--policy", at("advances"))).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("run\n", "7", "same", "advance 20", "\"one step\"")
        .contains("1 ticks of 1 recordings", "1 same, 0 changed, 0 cannot tell");
  }

  @Test
  void aChangeFailsOnlyWhenThatIsWanted() {
    assertThat(replay("--policy", at("stops"))).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("changed", "\"one step\" -> \"never\": no podinfo");

    assertThat(replay("--policy", at("stops"), "--fail-on-change")).isEqualTo(ExitCode.FAILED);
    assertThat(replay("--policy", at("advances"), "--fail-on-change")).isEqualTo(ExitCode.OK);
  }

  @Test
  void theBundledRulesDecideUnlessOthersAreNamed() {
    assertThat(replay()).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("1 ticks of 1 recordings");
  }

  @Test
  void jsonIsOneObject() {
    replay("--policy", at("stops"), "-o", "json");

    var json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.path("changed").asInt()).isEqualTo(1);
    assertThat(json.at("/replayed/0/ticks/0/sameness").asString()).isEqualTo("CHANGED");
    assertThat(json.at("/replayed/0/ticks/0/now/verb").asString()).isEqualTo("rollback");
  }

  @Test
  void againstComparesWholeRollouts() {
    assertThat(replay("--against", at("stops"), "--fail-on-change")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains("earlier stop", "advance 20 -> rollback by \"never\"", "1 rollouts");
  }

  @Test
  void againstAlsoAsJsonAndHtml() {
    replay("--against", at("stops"), "-o", "json");
    var json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.at("/rollouts/0/difference").asString()).isEqualTo("EARLIER_STOP");
    assertThat(json.at("/classes/EARLIER_STOP").asInt()).isEqualTo(1);

    replay("--against", at("stops"), "-o", "html");
    assertThat(out.toString()).contains("<!doctype html>");
  }

  @Test
  void brokenLinesAreNamedOnStandardErrorAndTheOthersCount() throws IOException {
    write("recordings/run.jsonl", "nonsense\n" + LINE);

    assertThat(replay("--policy", at("advances"))).isEqualTo(ExitCode.OK);
    assertThat(err.toString()).contains("run.jsonl:1: ");
    assertThat(out.toString()).contains("1 same");
  }

  @Test
  void nothingReadableIsAFailure() throws IOException {
    write("recordings/run.jsonl", "nonsense\n");

    assertThat(replay("--policy", at("advances"))).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void wrongUsageIsOneLine() {
    assertThat(replay("-o", "html")).isEqualTo(ExitCode.USAGE);
    assertThat(replay("--shard", "5/2")).isEqualTo(ExitCode.USAGE);
    assertThat(replay("-o", "pdf")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).hasSize(3).allMatch(l -> l.startsWith("serin replay: "));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("replay", "--recordings", at("nowhere"), "--policy", at("stops")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(replay("--policy", at("nothing"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(err.toString()).contains("nowhere do not exist", "nothing does not exist");
  }

  private int replay(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "replay";
    all[1] = "--recordings";
    all[2] = at("recordings");
    System.arraycopy(args, 0, all, 3, args.length);
    return run(all);
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    return Commands.commandLine(List.of(new ReplayCommand()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        .contains("1 tick of 1 recording", "1 same, 0 changed, 0 cannot tell");
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
    assertThat(out.toString()).contains("1 tick of 1 recording");
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
        .contains("earlier stop", "advance 20 -> rollback by \"never\"", "1 rollout");
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
  void whatIfSimulatesWholeRolloutsAndSaysSo() {
    assertThat(replay("--what-if", at("stops"), "--fail-on-change")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains("advance 20 -> rollback by \"never\"", "1 rollout, simulated with")
        .contains("This is a simulation");

    assertThat(replay("--what-if", at("advances"), "--fail-on-change")).isEqualTo(ExitCode.OK);
  }

  @Test
  void whatIfAlsoAsJsonAndHtml() {
    replay("--what-if", at("stops"), "-o", "json");
    var json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.at("/rollouts/0/simulated/end").asString()).isEqualTo("ROLLED_BACK");
    assertThat(json.at("/rollouts/0/recorded/end").asString()).isEqualTo("UNFINISHED");
    assertThat(json.at("/caveat").asString()).startsWith("This is a simulation");

    replay("--what-if", at("stops"), "-o", "html");
    assertThat(out.toString()).contains("<!doctype html>", "This is a simulation");
  }

  @Test
  void whatIfWithoutADirectoryMeansTheBundledRulesAndTakesPacksIn() {
    assertThat(replay("--what-if")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("1 rollout, simulated with " + bundled());

    assertThat(replay("--what-if", "--policy-packs", "freeze-instead-of-rollback"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).doesNotContain(bundled());
  }

  private static String bundled() {
    return Policies.load("", List.of()).digest();
  }

  @Test
  void shardsAreMerged() {
    replay("--against", at("stops"));
    String whole = out.toString();
    for (int i = 0; i < 2; i++) {
      String shard = i + "/2";
      String file = at("results/" + i + ".json");
      assertThat(replay("--against", at("stops"), "--shard", shard, "-o", "json", "--out", file))
          .isEqualTo(ExitCode.OK);
      assertThat(out.toString()).isEmpty();
    }

    assertThat(run("replay", "--merge", at("results"))).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo(whole);
    assertThat(run("replay", "--merge", at("results/0.json"), at("results/1.json")))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo(whole);
    assertThat(run("replay", "--merge", at("results"), "--fail-on-change"))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void whatCannotBeMergedIsOneLine() throws IOException {
    write("results/0.json", "nonsense");

    assertThat(run("replay", "--merge", at("results"))).isEqualTo(ExitCode.FAILED);
    assertThat(run("replay", "--merge", at("nowhere"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines()).hasSize(2).allMatch(l -> l.startsWith("serin replay: "));
  }

  @Test
  void replayedTicksHaveNoPageAlsoWhenMerged() {
    replay("--shard", "0/1", "-o", "json", "--out", at("results/0.json"));

    assertThat(run("replay", "--merge", at("results"), "-o", "html")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("-o html is for comparisons and simulations");
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
    assertThat(replay("--what-if", at("stops"), "--against", at("stops")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(replay("--what-if", at("stops"), "--policy", at("stops"))).isEqualTo(ExitCode.USAGE);
    assertThat(replay("--merge", at("results"))).isEqualTo(ExitCode.USAGE);
    assertThat(run("replay")).isEqualTo(ExitCode.USAGE);
    assertThat(run("replay", "--merge", at("results"), "--shard", "0/2")).isEqualTo(ExitCode.USAGE);
    assertThat(run("replay", "--merge", at("results"), "--policy", at("stops")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("name recordings with --recordings PATH, or results of shards with --merge PATH")
        .contains("--what-if names its policy itself and has no baseline")
        .contains("--merge puts results together");
    assertThat(err.toString().lines()).hasSize(9).allMatch(l -> l.startsWith("serin replay: "));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("replay", "--recordings", at("nowhere"), "--policy", at("stops")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(replay("--policy", at("nothing"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(err.toString()).contains("nowhere do not exist", "nothing does not exist");
  }

  @Test
  void whatCannotBeWrittenOrMergedIsToldWithoutNamesOfClasses() throws IOException {
    write("bytes.json", "\uFFFF");
    Files.write(directory.resolve("bytes.json"), new byte[] {(byte) 0xff, (byte) 0xfe});

    replay("--out", directory.toString());
    run("replay", "--merge", at("nowhere.json"));
    run("replay", "--merge", at("bytes.json"));
    run("replay", "--merge", at("recordings/run.jsonl"), "-o", "json");

    assertThat(err.toString())
        .contains("it is a directory; name another", "there is no such file", "no UTF-8 text")
        .contains("run.jsonl is no result of serin replay -o json")
        .doesNotContain("Exception", "jackson")
        .hasLineCount(4);
  }

  @Test
  void ofManyLinesThatCannotBeReadTheFirstAreTold() throws IOException {
    write("recordings/other.jsonl", "no recording\n".repeat(50));

    assertThat(replay()).isEqualTo(ExitCode.OK);

    assertThat(err.toString())
        .contains("other.jsonl:20: ", "and 30 more that cannot be read")
        .doesNotContain("other.jsonl:21: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--policy", "--against", "--what-if"})
  void whileALineCannotBeReadNobodyCanTellThatNothingChanged(String mode) throws IOException {
    write("recordings/other.jsonl", "no recording\n");

    assertThat(replay(mode, at("advances"))).isEqualTo(ExitCode.OK);
    assertThat(replay(mode, at("advances"), "--fail-on-change")).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString()).contains(", 1 line cannot be read\n");
  }

  @Test
  void anOptionThatIsNamedTwiceIsNotSilentlyOneOfThem() {
    assertThat(replay("--recordings", at("nowhere"))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("'--recordings' (PATH) should be specified only once");
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
    return Shell.run(out, err, args, new ReplayCommand());
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

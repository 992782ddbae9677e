package io.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.BundledPolicy;
import io.serin.record.Recordings;
import io.serin.record.TickRing;
import io.serin.rollout.TickRecord;
import io.serin.server.Metrics;
import io.serin.server.RolloutsApi;
import io.serin.server.Server;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {
  private static final List<TickRecord> TICKS =
      new Recordings()
          .readFile(Path.of("examples/recordings/success.jsonl"), _ -> {})
          .getLast()
          .ticks();
  private static final String CANARY = TICKS.getFirst().canary();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TickRing ring = new TickRing();
  @AutoClose private final Metrics metrics = new Metrics();

  @AutoClose
  private final Server server =
      Server.startOnLoopback(0, metrics, List.of(new RolloutsApi(ring, _ -> BundledPolicy.load())));

  @TempDir private Path directory;

  @Test
  void theTicksOfAControllerBecomeTheSameRecording() {
    TICKS.forEach(ring::add);

    assertThat(run("--controller", url(), "--canary", CANARY, "--out", at("out")))
        .isEqualTo(ExitCode.OK);

    assertThat(
            new Recordings()
                .read(directory.resolve("out"), _ -> {})
                .findFirst()
                .orElseThrow()
                .ticks())
        .isEqualTo(TICKS);
    assertThat(out.toString()).startsWith(TICKS.size() + " ticks of " + CANARY + " read");
  }

  @Test
  void whatGoesWrongIsOneLine() throws IOException {
    String manifest = at("canary.yaml");
    Files.writeString(
        Path.of(manifest), "{apiVersion: flagger.app/v1beta1, kind: Canary, metadata: {name: a}}");
    Files.writeString(directory.resolve("none.yaml"), "kind: Service");
    Files.writeString(directory.resolve("broken.yaml"), "a: [");
    Files.writeString(directory.resolve("runs.txt"), "today tomorrow");
    Files.writeString(directory.resolve("file"), "");
    String nowhere = "http://127.0.0.1:1";

    fails("no tick of canary no/such is kept", "--controller", url(), "--canary", "no/such");
    fails("does not answer", "--controller", nowhere, "--canary", "a");
    fails("cannot be asked: ", past(nowhere, manifest));
    fails("no http or https URL", past("prometheus:9090", manifest));
    fails("holds 0 Canaries", past(nowhere, at("none.yaml")));
    fails("is no YAML", past(nowhere, at("broken.yaml")));
    fails("missing.yaml cannot be read", past(nowhere, at("missing.yaml")));
    fails(
        "runs.txt:1: 'today tomorrow' is no run",
        "--prometheus",
        nowhere,
        "--canary",
        manifest,
        "--runs",
        at("runs.txt"));
  }

  @Test
  void wrongUsageIsToldApart() {
    wrong("either --from TIME and --to TIME", "--canary", "a", "--prometheus", url());
    wrong("go with --prometheus", "--canary", "a", "--runs", "x");
    wrong("neither with --controller", "--canary", "a", "--prometheus", url(), "--follow");
    wrong("is no name of a Canary", "--canary", "A b");
    wrong("--from", "--canary", "a", "--prometheus", url(), "--from", "noon", "--to", "night");
    wrong("'noon' is no time; write for example 2026-", "--canary", "a", "--from", "noon");
    wrong("--canary");
  }

  private String[] past(String prometheus, String manifest) {
    return new String[] {
      "--prometheus",
      prometheus,
      "--canary",
      manifest,
      "--from",
      "2026-03-02T10:00:00Z",
      "--to",
      "2026-03-02T11:00:00Z"
    };
  }

  private void fails(String message, String... args) {
    ends(ExitCode.FAILED, message, args);
  }

  private void wrong(String message, String... args) {
    ends(ExitCode.USAGE, message, args);
  }

  private void ends(int code, String message, String... args) {
    err.getBuffer().setLength(0);
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--out";
    all[args.length + 1] = at("out");
    assertThat(run(all)).as(err::toString).isEqualTo(code);
    assertThat(err.toString().lines()).as(err::toString).hasSize(1);
    assertThat(err.toString()).startsWith("serin record: ").contains(message);
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private int run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "record";
    System.arraycopy(args, 0, all, 1, args.length);
    return Shell.run(out, err, all, new RecordCommand());
  }
}

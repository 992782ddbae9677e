package io.serin.cli;

import io.serin.api.Counted;
import io.serin.cli.BackfillJob.Stretch;
import io.serin.http.Http;
import io.serin.record.RecordingOptions;
import io.serin.record.RecordingWriter;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serin record}: recordings from a controller, or backfilled from a Prometheus. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Build recordings for serin replay: from the ticks that a controller keeps, or, with"
          + " --prometheus, from the history of a Prometheus.",
      "What history does not tell is assumed, see docs/recordings.md; such ticks are marked."
    })
final class RecordCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--canary",
      paramLabel = "CANARY",
      required = true,
      description =
          "name or namespace/name; with --prometheus the YAML file of a Canary, which may also"
              + " hold its MetricTemplates.")
  private String canary = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      defaultValue = "default",
      description = "Namespace of a Canary that names none. Default: ${DEFAULT-VALUE}.")
  private String namespace = "default";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Write a file for each run there.")
  private Path out;

  @Option(
      names = "--controller",
      paramLabel = "URL",
      description = "The controller to ask. Default: " + ControllerClient.DEFAULT + ".")
  private @Nullable String controller;

  @Option(names = "--follow", description = "Go on with the controller's ticks until interrupted.")
  private boolean follow;

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description = "Backfill from this Prometheus instead.")
  private @Nullable String prometheus;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Look for runs from then on, such as 2026-03-02T10:00:00Z.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Look for runs until then.")
  private @Nullable Instant to;

  @Option(
      names = "--runs",
      paramLabel = "FILE",
      description = "Instead of --from and --to: a line FROM TO for each run; # begins a comment.")
  private @Nullable Path runs;

  @Option(
      names = "--mesh-provider",
      paramLabel = "NAME",
      defaultValue = "istio",
      description = "Traffic provider of a Canary that names none. Default: ${DEFAULT-VALUE}.")
  private String meshProvider = "istio";

  private long written;

  @Override
  public Integer call() throws InterruptedException {
    check();
    List<Stretch> stretches = prometheus == null ? List.of() : stretches();
    RecordingWriter writer = new RecordingWriter(RecordingOptions.of(directory()));
    if (prometheus != null) {
      backfill(prometheus, stretches, writer);
    } else {
      live(writer);
    }
    if (writer.failing()) {
      throw new CommandException("directory " + out + " cannot be written to; see the log above");
    }
    return ExitCode.OK;
  }

  private void check() {
    if (prometheus != null && (controller != null || follow)) {
      throw wrong("--prometheus goes neither with --controller nor with --follow");
    }
    if (prometheus == null && (from != null || to != null || runs != null)) {
      throw wrong("--from, --to and --runs go with --prometheus URL");
    }
    if (prometheus != null && (runs == null) == (from == null || to == null)) {
      throw wrong("--prometheus needs either --from TIME and --to TIME, or --runs FILE");
    }
  }

  private void live(RecordingWriter writer) throws InterruptedException {
    String name = name();
    try (ControllerClient client =
        new ControllerClient(controller == null ? ControllerClient.DEFAULT : controller)) {
      Instant last = append(client.ticks(name, null), null, writer);
      report(name);
      while (follow) {
        Thread.sleep(POLL);
        last = append(further(client, name, last), last, writer);
      }
    }
  }

  /** A controller that restarts is waited for. */
  private List<TickRecord> further(ControllerClient client, String name, @Nullable Instant last) {
    try {
      return client.ticks(name, last);
    } catch (CommandException e) {
      Printed.err(spec, e.getMessage() + "; trying again");
      return List.of();
    }
  }

  private @Nullable Instant append(
      List<TickRecord> ticks, @Nullable Instant last, RecordingWriter writer) {
    ticks.forEach(writer::append);
    written += ticks.size();
    return ticks.isEmpty() ? last : ticks.getLast().at();
  }

  private void report(String name) {
    if (written == 0) {
      Printed.err(spec, "the controller keeps no tick of " + name + " yet");
    }
    Printed.out(
        spec,
        "%s of %s read, those of runs written to %s%s"
            .formatted(
                Counted.of(written, "tick"),
                name,
                out,
                follow ? "; following, end with Ctrl-C" : ""));
  }

  private void backfill(String url, List<Stretch> stretches, RecordingWriter writer) {
    ManifestWorld world = ManifestWorld.read(Path.of(canary), namespace);
    int count = 0;
    try (Http http = new Http(System.getenv())) {
      BackfillJob job =
          new BackfillJob(world, meshProvider, url, http, note -> Printed.err(spec, note));
      for (Stretch stretch : stretches) {
        for (List<TickRecord> run : job.runs(stretch)) {
          append(run, null, writer);
          // Of a run that did not end within its stretch the next one must not become a part.
          writer.forget(world.canary().namespace(), world.canary().name());
          count++;
        }
      }
    }
    Printed.out(
        spec,
        "%s with %s backfilled to %s"
            .formatted(Counted.of(count, "run"), Counted.of(written, "tick"), out));
    if (count == 0) {
      throw new CommandException("no run was found; name other times or give them with --runs");
    }
  }

  private List<Stretch> stretches() {
    if (runs == null) {
      if (from == null || to == null) {
        throw wrong("--from and --to belong together");
      }
      return List.of(stretch(from, to, false, "--from"));
    }
    List<Stretch> found = new ArrayList<>();
    List<String> lines = lines(runs);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        found.add(stretch(runs + ":" + (i + 1), line));
      }
    }
    if (found.isEmpty()) {
      throw new CommandException("file " + runs + " names no run; write lines FROM TO");
    }
    return found;
  }

  private static Stretch stretch(String place, String line) {
    String[] times = line.split("\\s+", -1);
    try {
      if (times.length == 2) {
        return stretch(Instant.parse(times[0]), Instant.parse(times[1]), true, place);
      }
    } catch (DateTimeParseException _) {
      // Told below, with lines that are not two words.
    }
    throw new CommandException(
        place
            + ": '"
            + line
            + "' is no run; write for example 2026-03-02T10:00:00Z 2026-03-02T10:30:00Z");
  }

  private static Stretch stretch(Instant from, Instant to, boolean run, String place) {
    if (!from.isBefore(to)) {
      throw new CommandException(
          place + ": " + from + " is not before " + to + "; write the earlier time first");
    }
    return new Stretch(from, to, run);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new CommandException(
          "file " + file + " cannot be read; name a file of lines FROM TO", e);
    }
  }

  private Path directory() {
    try {
      return Files.createDirectories(out);
    } catch (IOException e) {
      throw new CommandException("directory " + out + " cannot be made; name another", e);
    }
  }

  private String name() {
    try {
      return CanaryName.of(canary, namespace);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(@Nullable String what) {
    return new ParameterException(spec.commandLine(), String.valueOf(what));
  }
}

package io.serin.cli;

import io.serin.policy.BundledPolicy;
import io.serin.policy.Policy;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicySource;
import io.serin.record.ExplainedTick;
import io.serin.record.Recording;
import io.serin.record.Recordings;
import io.serin.rollout.TickRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code serin explain}: why a tick ended as it did. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Say why a tick of a canary ended as it did: the rule that won and the values it saw,"
            + " the proposals that lost, the rules that were one condition short.")
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CANARY",
      arity = "0..1",
      description = "Name, or namespace/name. May be left out for a recording of a single canary.")
  private @Nullable String canary;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      defaultValue = "default",
      description = "Namespace of the Canary. Default: ${DEFAULT-VALUE}.")
  private String namespace = "default";

  @Option(
      names = "--tick",
      paramLabel = "N",
      description = "Number of the tick; the newest unless given.")
  private @Nullable Long tick;

  @Option(
      names = "--controller",
      paramLabel = "URL",
      defaultValue = ControllerClient.DEFAULT,
      description = "The controller to ask. Default: ${DEFAULT-VALUE}.")
  private String controller = ControllerClient.DEFAULT;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Ask this recording instead of a controller.")
  private @Nullable Path recording;

  @Option(
      names = "--policy",
      paramLabel = "DIR",
      description =
          "With --recording: the policy that decided then; the bundled rules unless given.")
  private @Nullable Path policy;

  @Mixin private TextOrJson.Flag output;

  @Override
  public Integer call() {
    if (recording != null && spec.commandLine().getParseResult().hasMatchedOption("--controller")) {
      throw new ParameterException(
          spec.commandLine(), "a tick is of a --recording or of a --controller; leave one out");
    }
    ExplainedTick explained = recording == null ? live() : recorded(recording);
    Printed.out(
        spec,
        switch (output.chosen()) {
          case text -> explained.text();
          case json -> explained.json();
        });
    return ExitCode.OK;
  }

  private ExplainedTick live() {
    if (canary == null) {
      throw new ParameterException(spec.commandLine(), "the name of a Canary is missing");
    }
    if (policy != null) {
      throw new ParameterException(
          spec.commandLine(), "--policy goes with --recording; a controller explains its own");
    }
    try (ControllerClient client = new ControllerClient(controller)) {
      return client.explain(name(canary), tick);
    }
  }

  private ExplainedTick recorded(Path file) {
    List<TickRecord> ticks = ticks(file);
    return ExplainedTick.of(chosen(file, ticks), policy());
  }

  private List<TickRecord> ticks(Path file) {
    UnreadableLines unreadable = new UnreadableLines(spec);
    List<Recording> runs = new Recordings().read(file, unreadable::add).toList();
    unreadable.end();
    List<TickRecord> ticks = runs.stream().flatMap(run -> run.ticks().stream()).toList();
    List<String> names = ticks.stream().map(TickRecord::canary).distinct().sorted().toList();
    if (names.isEmpty()) {
      throw new CommandException("no tick of " + file + " can be read; name a recording");
    }
    if (canary == null && names.size() > 1) {
      throw new CommandException(
          file + " holds several canaries; name one of " + String.join(", ", names));
    }
    String wanted = canary == null ? names.getFirst() : inRecording(canary, names);
    List<TickRecord> own = ticks.stream().filter(t -> t.canary().equals(wanted)).toList();
    if (own.isEmpty()) {
      throw new CommandException(
          "%s holds no tick of %s, but of %s".formatted(file, wanted, String.join(", ", names)));
    }
    return own;
  }

  /** A bare name needs no namespace where the recording knows only one of that name. */
  private String inRecording(String text, List<String> names) {
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--namespace");
    List<String> similar = names.stream().filter(n -> n.endsWith("/" + text)).toList();
    return !given && similar.size() == 1 ? similar.getFirst() : name(text);
  }

  private TickRecord chosen(Path file, List<TickRecord> ticks) {
    if (tick == null) {
      return ticks.getLast();
    }
    return ticks.stream()
        .filter(t -> t.tick() == tick)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "%s holds no tick %d, but %s".formatted(file, tick, numbers(ticks))));
  }

  private static String numbers(List<TickRecord> ticks) {
    return ticks.size() > 12
        ? String.format(Locale.ROOT, "%d to %d", ticks.getFirst().tick(), ticks.getLast().tick())
        : ticks.stream().map(t -> Long.toString(t.tick())).collect(Collectors.joining(", "));
  }

  private Policy policy() {
    try {
      return policy == null ? BundledPolicy.load() : Policy.of(PolicySource.of(policy));
    } catch (PolicyException e) {
      throw new CommandException(e.findings().getFirst(), e);
    }
  }

  private String name(String text) {
    try {
      return CanaryName.of(text, namespace);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}

package io.serin.demo;

import io.serin.policy.BundledPolicy;
import io.serin.rollout.Teller;
import io.serin.rollout.TickRecord;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows Serin at work on an embedded cluster with real HTTP traffic on loopback. */
public final class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

  private Demo() {}

  /**
   * Runs until the story is over.
   *
   * @param tellers who is told about each tick besides the demo itself
   * @return whether every rollout ended as it should
   * @throws DemoException when a rollout does not end
   */
  public static boolean run(DemoOptions options, List<Teller> tellers, PrintWriter out)
      throws InterruptedException {
    BlockingQueue<TickRecord> records = new LinkedBlockingQueue<>();
    List<Teller> all = new ArrayList<>(tellers);
    all.add((_, _, record) -> records.add(record));
    try (Stage stage = new Stage(options.speed(), BundledPolicy.load(), all);
        Report report = report(options, stage, out)) {
      List<Ending> endings = new Story(stage, records, report).play(options.scenario().acts());
      return endings.stream().allMatch(Ending::expected);
    }
  }

  private static Report report(DemoOptions options, Stage stage, PrintWriter out) {
    Elapsed elapsed = new Elapsed(stage.clock().instant());
    return switch (options.output()) {
      case JSON -> new JsonReport(out);
      case LINES -> new LinesReport(out, elapsed);
      case LIVE -> live(options, stage, elapsed, out);
    };
  }

  private static Report live(DemoOptions options, Stage stage, Elapsed elapsed, PrintWriter out) {
    Terminal terminal = terminal();
    if (terminal == null) {
      return new LinesReport(out, elapsed);
    }
    boolean unicode = terminal.encoding().equals(StandardCharsets.UTF_8);
    LiveView view = new LiveView(elapsed, options.speed(), unicode);
    return new LiveReport(terminal, stage.gateway(), stage.clock(), view);
  }

  /** Null where nothing can be drawn twice. */
  private static @Nullable Terminal terminal() {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return null;
    }
    try {
      Terminal terminal = TerminalBuilder.builder().system(true).build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return null;
      }
      return terminal;
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("No terminal");
      return null;
    }
  }
}

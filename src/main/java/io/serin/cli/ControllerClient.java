package io.serin.cli;

import io.serin.http.Http;
import io.serin.http.HttpAnswer;
import io.serin.http.HttpCall;
import io.serin.http.Uris;
import io.serin.record.ExplainedTick;
import io.serin.record.Masks;
import io.serin.record.RecordingException;
import io.serin.record.TickLines;
import io.serin.rollout.TickRecord;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a controller's API. */
final class ControllerClient implements AutoCloseable {

  /** Where a controller listens unless it is told otherwise. */
  static final String DEFAULT = "http://localhost:8080";

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int MOST_BYTES = 64 << 20;

  private final Http http = new Http(System.getenv());
  private final String controller;
  private final TickLines lines = new TickLines(Masks.DEFAULT);

  /**
   * @param controller base URL
   * @throws CommandException when it is none
   */
  ControllerClient(String controller) {
    try {
      this.controller = Uris.parse(controller).toString().replaceFirst("/+$", "");
    } catch (IllegalArgumentException e) {
      throw new CommandException("controller " + e.getMessage(), e);
    }
  }

  /**
   * Why a tick ended as it did.
   *
   * @param canary {@code namespace/name}
   * @param tick its number, null for the newest
   * @throws CommandException when the controller has no answer
   */
  ExplainedTick explain(String canary, @Nullable Long tick) {
    String query = tick == null ? "" : "?tick=" + tick;
    try {
      return ExplainedTick.read(get(canary, "/explanation" + query));
    } catch (RecordingException e) {
      throw strange(e);
    }
  }

  /**
   * The kept ticks after a time, oldest first.
   *
   * @throws CommandException when the controller has no answer
   */
  List<TickRecord> ticks(String canary, @Nullable Instant after) {
    String query = after == null ? "" : "?after=" + after;
    String body = get(canary, "/ticks" + query);
    try {
      return body.lines().filter(line -> !line.isBlank()).map(lines::read).toList();
    } catch (RecordingException e) {
      throw strange(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private String get(String canary, String rest) {
    URI uri = URI.create(controller + "/api/v1/canaries/" + canary + rest);
    HttpAnswer answer = send(uri);
    if (answer.status() != 200) {
      throw new CommandException(error(answer));
    }
    if (answer.cut()) {
      throw new CommandException("the answer of " + controller + " is longer than 64 MiB");
    }
    return answer.body();
  }

  private HttpAnswer send(URI uri) {
    try {
      return http.send(new HttpCall("GET", uri, Map.of(), "", LIMIT, MOST_BYTES, true));
    } catch (IOException e) {
      throw new CommandException(
          "controller %s does not answer (%s); forward its port with 'kubectl port-forward' or name it with --controller"
              .formatted(controller, e.getMessage()),
          e);
    }
  }

  private String error(HttpAnswer answer) {
    try {
      String error = JsonMapper.shared().readTree(answer.body()).path("error").asString("");
      if (!error.isEmpty()) {
        return error;
      }
    } catch (JacksonException _) {
      // Not Serin's words; the status has to do.
    }
    return "%s answered %s; is it a Serin controller? Name one with --controller"
        .formatted(controller, answer.statusLine());
  }

  private CommandException strange(RecordingException e) {
    return new CommandException(
        "%s answered what cannot be read (%s); is it a Serin controller of this version?"
            .formatted(controller, e.getMessage()),
        e);
  }
}

package io.serin.server;

import io.avaje.jex.Routing;
import io.avaje.jex.Routing.HttpService;
import io.avaje.jex.http.Context;
import io.serin.api.Phase;
import io.serin.policy.Policy;
import io.serin.policy.explain.Explainer;
import io.serin.record.ExplainedTick;
import io.serin.record.Masks;
import io.serin.record.RecordingException;
import io.serin.record.TickLines;
import io.serin.record.TickRing;
import io.serin.rollout.TickRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the controller keeps in memory of its rollouts, read-only: {@code GET /api/v1/canaries} and
 * below. Texts are masked as those of recordings are.
 */
public final class RolloutsApi implements HttpService {

  private static final String CANARY = "/api/v1/canaries/{namespace}/{name}";
  private static final String JSON = "application/json";
  private static final String JSON_LINES = "application/x-ndjson";
  private static final int MOST_EXPLAINERS = 16;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final TickRing ring;
  private final Function<String, Policy> policies;
  private final TickLines lines = new TickLines(Masks.DEFAULT);
  private final Map<String, Explaining> explaining = new ConcurrentHashMap<>();

  /**
   * @param ring the ticks to show
   * @param policies the policy of a digest, or another one that comes near when it is gone
   */
  public RolloutsApi(TickRing ring, Function<String, Policy> policies) {
    this.ring = ring;
    this.policies = policies;
  }

  /**
   * A rollout in the list.
   *
   * @param weight percent of live traffic that its status grants to the canary
   * @param tick number of its newest tick
   * @param at time of that tick
   * @param verdict verb that was carried out
   */
  public record Listed(
      String namespace,
      String name,
      String phase,
      int weight,
      long tick,
      String at,
      String verdict,
      String rule,
      String reason) {}

  /** An explainer and the digest of its policy. */
  private record Explaining(Explainer explainer, String digest) {}

  @Override
  public void add(Routing routing) {
    routing.get("/api/v1/canaries", context -> answer(context, this::list));
    routing.get(CANARY + "/ticks", context -> answer(context, this::ticks));
    routing.get(CANARY + "/ticks/{number}", context -> answer(context, this::tick));
    routing.get(CANARY + "/explanation", context -> answer(context, this::explanation));
  }

  private void list(Context context) {
    List<Listed> canaries =
        ring.newest().stream().map(lines::masked).map(RolloutsApi::listed).toList();
    json(context, MAPPER.writeValueAsString(Map.of("canaries", canaries)));
  }

  private static Listed listed(TickRecord tick) {
    int slash = tick.canary().indexOf('/');
    Phase phase = tick.after().phase();
    return new Listed(
        tick.canary().substring(0, slash),
        tick.canary().substring(slash + 1),
        phase.wireName(),
        tick.after().weight(),
        tick.tick(),
        tick.at().toString(),
        tick.verdict().verb(),
        tick.rule(),
        tick.verdict().reason());
  }

  /** The last {@code limit} ticks after the time {@code after}, oldest first, one line each. */
  private void ticks(Context context) {
    List<TickRecord> kept = keptOf(canary(context));
    Instant after = time(context, "after");
    int limit = (int) Math.min(number(context, "limit", Integer.MAX_VALUE), Integer.MAX_VALUE);
    List<TickRecord> wanted = kept.stream().filter(t -> t.at().isAfter(after)).toList();
    StringBuilder text = new StringBuilder();
    wanted.stream()
        .skip(Math.max(0, wanted.size() - limit))
        .map(lines::write)
        .flatMap(Optional::stream)
        .forEach(text::append);
    context.contentType(JSON_LINES).write(text.toString());
  }

  private void tick(Context context) {
    TickRecord tick = of(canary(context), whole("tick", context.pathParam("number")));
    json(context, lines.write(lines.masked(tick)).orElseThrow());
  }

  private void explanation(Context context) {
    String canary = canary(context);
    String number = context.queryParam("tick");
    TickRecord tick = number == null ? keptOf(canary).getLast() : of(canary, whole("tick", number));
    Explaining with = explaining(policies.apply(tick.policy()));
    json(context, ExplainedTick.of(lines.masked(tick), with.explainer, with.digest).json());
  }

  /** Reading a policy's source takes a while, and there are few. */
  private Explaining explaining(Policy policy) {
    if (explaining.size() > MOST_EXPLAINERS) {
      explaining.clear();
    }
    return explaining.computeIfAbsent(
        policy.digest(), digest -> new Explaining(Explainer.of(policy), digest));
  }

  private List<TickRecord> keptOf(String canary) {
    List<TickRecord> ticks = ring.ticks(canary);
    if (ticks.isEmpty()) {
      throw new Refusal(
          404,
          "no tick of canary " + canary + " is kept; GET /api/v1/canaries lists those there are");
    }
    return ticks;
  }

  private TickRecord of(String canary, long number) {
    List<TickRecord> kept = keptOf(canary);
    TickRecord tick = ring.tick(canary, number);
    if (tick == null) {
      throw new Refusal(
          404,
          "tick %d of canary %s is not kept; there are %d to %d"
              .formatted(number, canary, kept.getFirst().tick(), kept.getLast().tick()));
    }
    return tick;
  }

  private static String canary(Context context) {
    return context.pathParam("namespace") + "/" + context.pathParam("name");
  }

  private static long number(Context context, String parameter, long otherwise) {
    String text = context.queryParam(parameter);
    return text == null ? otherwise : whole(parameter, text);
  }

  private static long whole(String parameter, String text) {
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, with those that are not positive.
    }
    throw new Refusal(400, parameter + " '" + text + "' is no whole number from 1 on");
  }

  private static Instant time(Context context, String parameter) {
    String text = context.queryParam(parameter);
    try {
      return text == null ? Instant.MIN : Instant.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      throw new Refusal(
          400, parameter + " '" + text + "' is no time; write for example 2026-03-02T10:00:00Z", e);
    }
  }

  private static void json(Context context, String text) {
    context.contentType(JSON).write(text);
  }

  private static void answer(Context context, Answer answer) {
    try {
      answer.give(context);
    } catch (Refusal e) {
      refuse(context, e.status, e);
    } catch (RecordingException e) {
      refuse(context, 500, e);
    }
  }

  private static void refuse(Context context, int status, RuntimeException e) {
    String error = Objects.requireNonNullElse(e.getMessage(), "unknown");
    context.status(status);
    json(context, MAPPER.writeValueAsString(Map.of("error", error)));
  }

  @FunctionalInterface
  private interface Answer {
    void give(Context context);
  }

  /** The request cannot be answered; the message is for whoever asked. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }

    Refusal(int status, String message, Throwable cause) {
      super(message, cause);
      this.status = status;
    }
  }
}

package io.serin.metric;

import io.serin.api.Canary;
import io.serin.api.MetricCheck;
import io.serin.api.World;
import io.serin.fact.Metric;
import io.serin.fact.Metric.Outcome;
import io.serin.fact.Probe;
import io.serin.http.Http;
import io.serin.http.OneLine;
import io.serin.metric.Bounds.Side;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures checks by asking metric servers. A check with several sources gets the worst of their
 * outcomes. Values of {@code request-duration} are milliseconds with fractions, those of {@code
 * request-success-rate} percent.
 */
public final class LiveMeter implements Meter {

  /** From best to worst. */
  private static final List<Outcome> SEVERITY =
      List.of(Outcome.PASS, Outcome.NO_DATA, Outcome.STALE, Outcome.ERROR, Outcome.FAIL);

  private final Resolver resolver;
  private final Asker asker;

  /**
   * What the controller was told.
   *
   * @param meshProvider default for Canaries that name no provider, such as {@code istio}
   * @param metricsServer default for built-in and inline metrics
   */
  public record Settings(String meshProvider, Backend metricsServer) {}

  /** Measures over HTTP, with every provider that Serin knows. */
  public LiveMeter(
      World world, Secrets secrets, Settings settings, Http http, InstantSource clock) {
    this(world, secrets, settings, new Asker(Providers.over(http), clock));
  }

  LiveMeter(World world, Secrets secrets, Settings settings, Asker asker) {
    this.asker = asker;
    this.resolver = new Resolver(world, secrets, settings, asker);
  }

  @Override
  public Metric measure(Canary canary, int order) {
    List<MetricCheck> checks = canary.analysis().metrics();
    if (order < 0 || order >= checks.size()) {
      String message = "there is no metric number " + order + " in the analysis";
      return new Metric("", order, Outcome.ERROR, null, null, null, message);
    }
    return worst(canary, checks.get(order), order);
  }

  @Override
  public Probe probe(Canary canary) {
    Set<Backend> seen = new HashSet<>();
    for (MetricCheck check : canary.analysis().metrics()) {
      for (Source source : Source.of(check)) {
        String problem = source == Source.INLINE ? "" : problem(canary, check, source, seen);
        if (!problem.isEmpty()) {
          return new Probe(false, problem);
        }
      }
    }
    return new Probe(true, "");
  }

  private Metric worst(Canary canary, MetricCheck check, int order) {
    Metric worst = null;
    for (Source source : Source.of(check)) {
      Metric metric = new Measurement(canary, check, order, source).take();
      worst = worst == null || rank(metric) > rank(worst) ? metric : worst;
    }
    return worst != null
        ? worst
        : new Metric(check.name(), order, Outcome.ERROR, null, null, null, Messages.NO_SOURCE);
  }

  private static int rank(Metric metric) {
    return SEVERITY.indexOf(metric.outcome());
  }

  private String problem(Canary canary, MetricCheck check, Source source, Set<Backend> seen) {
    try {
      Resolver.Opened opened = resolver.backend(canary, check, source);
      String reason = seen.add(opened.backend()) ? opened.provider().offline() : "";
      return reason.isEmpty() ? "" : opened.backend() + ": " + reason;
    } catch (RuntimeException e) {
      return OneLine.of(String.valueOf(e.getMessage()));
    }
  }

  /** One value of one source and what it means. */
  private final class Measurement {
    private final Canary canary;
    private final MetricCheck check;
    private final int order;
    private final Source source;
    private final Bounds bounds;
    private final Messages messages;

    Measurement(Canary canary, MetricCheck check, int order, Source source) {
      this.canary = canary;
      this.check = check;
      this.order = order;
      this.source = source;
      this.bounds = Bounds.of(check, source);
      this.messages = new Messages(canary, check);
    }

    Metric take() {
      try {
        Resolver.Question question = resolver.question(canary, check, source);
        Reading reading = asker.ask(question.backend(), question.provider(), question.query());
        return judge(reading, question.factor());
      } catch (MetricException e) {
        return metric(Outcome.ERROR, null, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        return metric(Outcome.ERROR, null, messages.failed(source, OneLine.of(e.toString())));
      }
    }

    private Metric judge(Reading reading, int factor) {
      return switch (reading) {
        case Reading.Value(double value) -> compare(value * factor);
        case Reading.NoData() ->
            metric(Outcome.NO_DATA, null, messages.noData(source, resolver.meshProvider(canary)));
        case Reading.Stale(String reason) -> metric(Outcome.STALE, null, messages.stale(reason));
        case Reading.Failed(String error) ->
            metric(Outcome.ERROR, null, messages.failed(source, error));
      };
    }

    private Metric compare(double value) {
      Side side = bounds.violatedBy(value);
      if (side != null) {
        return metric(Outcome.FAIL, value, messages.violated(source, value, bounds, side));
      }
      return metric(Outcome.PASS, value, messages.passed(source, value, bounds.toString()));
    }

    private Metric metric(Outcome outcome, @Nullable Double value, String message) {
      return new Metric(check.name(), order, outcome, value, bounds.min(), bounds.max(), message);
    }
  }
}

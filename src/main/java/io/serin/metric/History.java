package io.serin.metric;

import io.serin.api.World;
import io.serin.http.Http;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus remembers. Checks are measured as a controller would have measured them then;
 * each query is sent once, for the whole window. Not thread-safe.
 */
public final class History {

  private final World world;
  private final LiveMeter.Settings settings;
  private final PrometheusProvider prometheus;
  private final TimeWindow window;
  private final Map<String, List<Reading>> known = new HashMap<>();

  /**
   * @param world holds the metric templates
   * @param meshProvider for canaries that name no provider
   * @param address base URL of the Prometheus, asked in place of every other one that a canary or
   *     template names
   * @throws IllegalArgumentException when the address is none
   */
  public History(World world, String meshProvider, String address, Http http, TimeWindow window) {
    this.world = world;
    this.window = window;
    Backend backend = Backend.prometheus(address);
    this.settings = new LiveMeter.Settings(meshProvider, backend);
    try {
      this.prometheus = PrometheusProvider.open(backend, http);
    } catch (MetricException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Why the server cannot be used, in one line; empty when it answers. */
  public String offline() {
    return prometheus.offline();
  }

  /** Measures at the moment of that number. */
  public Meter at(int number) {
    Provider past = new Past(number);
    Providers providers = new Providers(Map.of(PrometheusProvider.TYPE, _ -> past));
    Asker asker = new Asker(providers, InstantSource.fixed(window.at(number)));
    return new LiveMeter(world, (_, _) -> Optional.of(Map.of()), settings, asker);
  }

  /** The values of a query at each moment; null where there is none. */
  public List<@Nullable Double> values(String query) {
    List<@Nullable Double> values = new ArrayList<>();
    for (Reading reading : readings(query)) {
      values.add(reading instanceof Reading.Value(double value) ? value : null);
    }
    return values;
  }

  private List<Reading> readings(String query) {
    return known.computeIfAbsent(query, text -> prometheus.range(text, window));
  }

  /** The server as it was at one moment. */
  private final class Past implements Provider {
    private final int number;

    Past(int number) {
      this.number = number;
    }

    @Override
    public Reading query(Query query) {
      return readings(query.text()).get(number);
    }

    @Override
    public String offline() {
      return "";
    }
  }
}

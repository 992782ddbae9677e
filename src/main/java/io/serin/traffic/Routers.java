package io.serin.traffic;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The providers by their names. A name that nobody registered has no router: a typo must never send
 * traffic through somebody else's objects.
 */
public final class Routers {
  private static final List<Registration> KNOWN =
      List.of(
          exactly("kubernetes", options -> new KubernetesRouter()),
          exactly("istio", IstioRouter::new),
          exactly("nginx", NginxRouter::new),
          startingWith("gatewayapi:v1beta1", GatewayRouter::v1beta1),
          startingWith("gatewayapi:v1", GatewayRouter::v1));

  private final TrafficOptions options;

  public Routers(TrafficOptions options) {
    this.options = options;
  }

  /** The router of a provider string such as {@code gatewayapi:v1}; empty when it is unknown. */
  public Optional<Router> find(String provider) {
    return KNOWN.stream()
        .filter(known -> known.takes(provider))
        .findFirst()
        .map(known -> known.make().apply(options));
  }

  /** What to tell somebody who asked for a provider that {@link #find} does not know. */
  public static String unknown(String provider) {
    return "provider '%s' is unknown; known are %s".formatted(provider, String.join(", ", names()));
  }

  /** The provider strings to write, in alphabetical order. */
  public static List<String> names() {
    return KNOWN.stream().map(Registration::name).sorted().toList();
  }

  private static Registration exactly(String name, Function<TrafficOptions, Router> make) {
    return new Registration(name, false, make);
  }

  private static Registration startingWith(String name, Function<TrafficOptions, Router> make) {
    return new Registration(name, true, make);
  }

  /** One provider; {@code open} lets anything follow the name. */
  private record Registration(String name, boolean open, Function<TrafficOptions, Router> make) {

    boolean takes(String provider) {
      return open ? provider.startsWith(name) : provider.equals(name);
    }
  }
}

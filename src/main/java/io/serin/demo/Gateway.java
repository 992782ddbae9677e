package io.serin.demo;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stand-in for a Gateway API implementation: a reverse proxy on loopback that splits requests as
 * the HTTPRoutes of the cluster say, finds the pods behind a Service by its selector, and accepts
 * each route in its status.
 */
final class Gateway implements AutoCloseable {
  static final String GROUP = "gateway.networking.k8s.io";
  static final String VERSION = "v1";

  private static final ResourceDefinitionContext ROUTES =
      new ResourceDefinitionContext.Builder()
          .withGroup(GROUP)
          .withVersion(VERSION)
          .withKind("HTTPRoute")
          .withPlural("httproutes")
          .withNamespaced(true)
          .build();

  private final Pods pods;
  private final ReverseProxy proxy = new ReverseProxy();
  private final Map<String, LongAdder> served = new ConcurrentHashMap<>();
  private final RouteTable routes;
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private final Loopback server;

  /**
   * @param client stays the caller's, and is to be closed after this
   */
  Gateway(KubernetesClient client, Pods pods, InstantSource clock) {
    this.pods = pods;
    this.routes = new RouteTable(client, ROUTES, clock);
    this.services = client.services().inAnyNamespace().inform();
    this.informer = client.genericKubernetesResources(ROUTES).inAnyNamespace().inform(routes);
    this.server = Loopback.serve("gateway", this::handle);
  }

  /** Where the application is reached, without a slash at the end. */
  String url() {
    return server.url();
  }

  /** Requests passed on since the start, by name of the Service. Mirrored ones do not count. */
  Map<String, Long> served() {
    return served.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum()));
  }

  @Override
  public void close() {
    server.close();
    informer.stop();
    services.stop();
    routes.close();
    proxy.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    RouteMatch.Request request = request(exchange);
    RouteRule rule = routes.rules().filter(r -> r.matches(request)).findFirst().orElse(null);
    if (rule == null) {
      refuse(exchange, 404, "no route matches");
      return;
    }
    RouteRule.Backend backend = rule.choose(ThreadLocalRandom.current().nextDouble());
    if (backend == null) {
      refuse(exchange, 500, "every backend has weight 0");
      return;
    }
    pass(exchange, rule, backend);
  }

  private void pass(HttpExchange exchange, RouteRule rule, RouteRule.Backend backend)
      throws IOException {
    served.computeIfAbsent(backend.service(), _ -> new LongAdder()).increment();
    Pod pod = anyPod(rule.namespace(), backend.service());
    if (pod == null) {
      refuse(exchange, 503, "no endpoint of " + backend.service() + " is ready");
      return;
    }
    List<Pod> mirrors =
        rule.mirrors().stream()
            .flatMap(service -> endpoints(rule.namespace(), service).stream().limit(1))
            .toList();
    backend.headers().forEach(h -> exchange.getResponseHeaders().add(h.name(), h.value()));
    proxy.pass(exchange, pod.port(), mirrors.stream().map(Pod::port).toList());
  }

  private @Nullable Pod anyPod(String namespace, String service) {
    List<Pod> endpoints = endpoints(namespace, service);
    return endpoints.isEmpty()
        ? null
        : endpoints.get(ThreadLocalRandom.current().nextInt(endpoints.size()));
  }

  private List<Pod> endpoints(String namespace, String name) {
    Service service = services.getIndexer().getByKey(namespace + "/" + name);
    Map<String, String> selector = service == null ? null : service.getSpec().getSelector();
    return selector == null ? List.of() : pods.endpoints(namespace, selector);
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    Loopback.send(exchange, status, "text/plain", why + "\n");
  }

  private static RouteMatch.Request request(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    return new RouteMatch.Request(
        exchange.getRequestMethod(),
        uri.getPath(),
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(e -> RouteMatch.lower(e.getKey()), e -> joined(e.getValue()))),
        query(uri.getQuery()));
  }

  private static String joined(Collection<String> values) {
    return String.join(", ", values);
  }

  private static Map<String, String> query(@Nullable String query) {
    return query == null
        ? Map.of()
        : java.util.Arrays.stream(query.split("&"))
            .map(field -> field.split("=", 2))
            .collect(
                Collectors.toMap(f -> f[0], f -> f.length > 1 ? f[1] : "", (first, _) -> first));
  }
}

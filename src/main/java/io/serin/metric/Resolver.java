package io.serin.metric;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.LoggingKeys;
import io.serin.api.MetricCheck;
import io.serin.api.MetricProvider;
import io.serin.api.MetricTemplate;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.SecretRef;
import io.serin.api.TemplateRef;
import io.serin.api.World;
import io.serin.http.OneLine;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whom to ask what for a check. Everything it throws is the check's message. */
final class Resolver {
  private static final Logger log = LoggerFactory.getLogger(Resolver.class);
  private static final String KNATIVE = "knative";

  private final World world;
  private final Secrets secrets;
  private final LiveMeter.Settings settings;
  private final Asker asker;
  private final QueryTemplates templates = new QueryTemplates();
  private final Set<String> unknownProviders = ConcurrentHashMap.newKeySet();

  Resolver(World world, Secrets secrets, LiveMeter.Settings settings, Asker asker) {
    this.world = world;
    this.secrets = secrets;
    this.settings = settings;
    this.asker = asker;
  }

  /**
   * A server and what to ask it.
   *
   * @param factor what the answer is multiplied with
   */
  record Question(Backend backend, Provider provider, Query query, int factor) {}

  /** A server that can be asked. */
  record Opened(Backend backend, Provider provider) {}

  /**
   * Whom to ask what.
   *
   * @throws MetricException with the message of the check
   */
  Question question(Canary canary, MetricCheck check, Source source) {
    Variables variables = Variables.of(canary, check, latestRevision(canary));
    return switch (source) {
      case SUCCESS_RATE -> {
        String query = builtIn(canary, variables).successRate();
        yield question(defaultBackend(canary), query, check, 1);
      }
      case DURATION -> {
        String query = builtIn(canary, variables).duration();
        int factor = observer(canary).latency().factorAfter();
        yield question(defaultBackend(canary), query, check, factor);
      }
      case INLINE -> question(defaultBackend(canary), inline(canary, check, variables), check, 1);
      case TEMPLATE -> template(canary, check, variables);
    };
  }

  /**
   * The server that answers a check.
   *
   * @throws MetricException when it cannot be used
   */
  Opened backend(Canary canary, MetricCheck check, Source source) {
    return source == Source.TEMPLATE
        ? templateBackend(find(canary, check))
        : defaultBackend(canary);
  }

  /** The provider of the mesh or ingress, as it is named in messages. */
  String meshProvider(Canary canary) {
    String flag = settings.meshProvider();
    if (!canary.spec().provider().isEmpty()) {
      return flag.contains("linkerd") ? "linkerd" : canary.spec().provider();
    }
    return flag.contains("crossover") ? "crossover" : flag;
  }

  private static Question question(Opened opened, String query, MetricCheck check, int factor) {
    return new Question(
        opened.backend(), opened.provider(), new Query(query, check.window()), factor);
  }

  private BuiltInQueries builtIn(Canary canary, Variables variables) {
    return new BuiltInQueries(observer(canary), variables, canary.spec().targetRef());
  }

  private Observer observer(Canary canary) {
    String provider = meshProvider(canary);
    Observer observer = Observer.of(provider);
    if (observer != null) {
      return observer;
    }
    if (unknownProviders.add(provider)) {
      log.atWarn()
          .addKeyValue(LoggingKeys.PROVIDER, provider)
          .log("the provider has no built-in queries of its own, Istio's are used");
    }
    return Observer.ISTIO;
  }

  /** The Canary's own server never gets the credentials of the controller's. */
  private Opened defaultBackend(Canary canary) {
    String own = canary.spec().metricsServer();
    Backend backend = own.isEmpty() ? settings.metricsServer() : Backend.prometheus(own);
    try {
      return new Opened(backend, asker.open(backend));
    } catch (MetricException e) {
      throw new MetricException(
          "Error building Prometheus client for " + backend.address() + " " + e.getMessage());
    }
  }

  private String inline(Canary canary, MetricCheck check, Variables variables) {
    try {
      return templates.render(check.query(), variables);
    } catch (TemplateException e) {
      throw new MetricException(new Messages(canary, check).failed(Source.INLINE, reason(e)));
    }
  }

  private Question template(Canary canary, MetricCheck check, Variables variables) {
    MetricTemplate template = find(canary, check);
    Opened opened = templateBackend(template);
    try {
      String query = templates.render(template.spec().query(), variables);
      return question(opened, query, check, 1);
    } catch (TemplateException e) {
      throw new MetricException(shown(template) + " query render error: " + reason(e));
    }
  }

  private MetricTemplate find(Canary canary, MetricCheck check) {
    TemplateRef ref = Objects.requireNonNull(check.templateRef());
    String namespace = ref.namespaceOr(canary.namespace());
    KubeObject object =
        world.get(
            new ObjectRef(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE, namespace, ref.name()));
    if (object == null) {
      throw new MetricException(
          "Metric template %s.%s error: %s".formatted(ref.name(), namespace, absent(ref.name())));
    }
    return MetricTemplate.of(object);
  }

  private String absent(String name) {
    return world.synced(Names.FLAGGER_API_VERSION, Names.METRIC_TEMPLATE)
        ? "metrictemplate.flagger.app \"" + name + "\" not found"
        : "the metric templates are not known yet";
  }

  private Opened templateBackend(MetricTemplate template) {
    MetricProvider provider = template.spec().provider();
    Backend backend =
        new Backend(
            provider.type(),
            provider.address(),
            provider.headers(),
            credentials(template, provider.secretRef()),
            provider.region(),
            provider.insecureSkipVerify());
    try {
      return new Opened(backend, asker.open(backend));
    } catch (MetricException e) {
      throw new MetricException(
          "%s provider %s error: %s".formatted(shown(template), provider.type(), e.getMessage()));
    }
  }

  /** The Secret always stands in the template's namespace. */
  private Map<String, String> credentials(MetricTemplate template, @Nullable SecretRef ref) {
    if (ref == null) {
      return Map.of();
    }
    String error = "secrets \"" + ref.name() + "\" not found";
    try {
      Optional<Map<String, String>> data = secrets.read(template.namespace(), ref.name());
      if (data.isPresent()) {
        return data.get();
      }
    } catch (RuntimeException e) {
      error = OneLine.of(String.valueOf(e.getMessage()));
    }
    throw new MetricException(shown(template) + " secret " + ref.name() + " error: " + error);
  }

  private String latestRevision(Canary canary) {
    boolean knative =
        canary.spec().provider().equals(KNATIVE) || settings.meshProvider().equals(KNATIVE);
    if (!knative) {
      return "";
    }
    ObjectRef ref =
        new ObjectRef("serving.knative.dev/v1", "Service", canary.namespace(), canary.targetName());
    KubeObject service = world.get(ref);
    String revision =
        service == null ? "" : service.text("", "status", "latestCreatedRevisionName");
    if (revision.isEmpty()) {
      throw new MetricException(
          "Error fetching Knative service %s/%s %s"
              .formatted(
                  canary.namespace(),
                  canary.targetName(),
                  service == null ? "not found" : "it has no revision yet"));
    }
    return revision;
  }

  private static String shown(MetricTemplate template) {
    return "Metric template " + template.name() + "." + template.namespace();
  }

  private static String reason(TemplateException e) {
    return String.valueOf(e.getMessage());
  }
}

package io.serin.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one kind in a cache for as long as the process runs. A kind that the API server does not
 * know is looked for again, ever more rarely; one whose definition is deleted is forgotten and
 * looked for again. Within a kind the informer heals itself: it reconnects, and lists anew when its
 * history is gone.
 */
final class KindWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long PAGE = 500;

  /** A ConfigMap or a Secret may have a megabyte. */
  private static final long PAGE_OF_DATA = 50;

  private final KubernetesClient client;
  private final Kinds kinds;
  private final String namespace;
  private final String apiVersion;
  private final String kind;
  private final Consumer<Change> listener;
  private final Thread thread;
  private volatile @Nullable Running running;
  private volatile boolean absent;
  private volatile boolean closed;

  private record Running(KindCache cache, SharedIndexInformer<GenericKubernetesResource> informer) {
    boolean synced() {
      return informer.hasSynced();
    }
  }

  /** Starts at once, in a thread of its own. */
  KindWatch(
      KubernetesClient client,
      Kinds kinds,
      String namespace,
      String apiVersion,
      String kind,
      Consumer<Change> listener) {
    this.client = client;
    this.kinds = kinds;
    this.namespace = namespace;
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("watch " + kind).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean synced() {
    Running now = running;
    return now != null && now.synced();
  }

  /** Whether the API server said that it does not know the kind. */
  boolean absent() {
    return absent;
  }

  /** Whether changes are told right now; false while a lost connection is mended. */
  boolean watching() {
    Running now = running;
    return now != null && now.informer.isWatching();
  }

  /** Null while the API server does not know the kind, or was not asked yet. */
  @Nullable KindCache cache() {
    Running now = running;
    return now == null ? null : now.cache;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    Running now = running;
    if (now != null) {
      now.informer.stop();
    }
  }

  private void run() {
    try {
      while (!closed) {
        Running started = watch(await());
        CountDownLatch ended = new CountDownLatch(1);
        var _ = started.informer.stopped().whenComplete((_, _) -> ended.countDown());
        ended.await();
        if (!closed) {
          running = null;
          started.cache.clear();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns once the API server knows the kind. */
  private ApiResource await() throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    boolean told = false;
    while (true) {
      try {
        ApiResource found = kinds.find(apiVersion, kind);
        absent = found == null;
        if (found != null) {
          return found;
        }
        if (!told) {
          LOG.atInfo()
              .addKeyValue("apiVersion", apiVersion)
              .addKeyValue("kind", kind)
              .log("The API server does not know this kind; it is watched once it does");
        }
      } catch (ClusterException e) {
        if (!told) {
          LOG.atWarn()
              .addKeyValue("kind", kind)
              .addKeyValue("problem", e.getMessage())
              .log("Cannot look a kind up; trying again");
        }
      }
      told = true;
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private Running watch(ApiResource resource) {
    SharedIndexInformer<GenericKubernetesResource> informer =
        informable(resource).runnableInformer(0);
    KindCache cache =
        new KindCache(resource, listener, () -> Stored.version(informer.lastSyncResourceVersion()));
    informer.removeNamespaceIndex();
    informer.itemStore(cache);
    informer.exceptionHandler((_, problem) -> retries(resource, problem));
    Running started = new Running(cache, informer);
    running = started;
    var _ = informer.start();
    if (closed) {
      informer.stop();
    }
    return started;
  }

  private Informable<GenericKubernetesResource> informable(ApiResource resource) {
    var operation = client.genericKubernetesResources(context(resource));
    long page = Trimmer.holdsData(resource.apiVersion(), resource.kind()) ? PAGE_OF_DATA : PAGE;
    return resource.namespaced() && !namespace.isEmpty()
        ? operation.inNamespace(namespace).withLimit(page)
        : operation.inAnyNamespace().withLimit(page);
  }

  // For ever, except when the kind itself is gone: then discovery takes over.
  private boolean retries(ApiResource resource, Throwable problem) {
    if (isNotFound(problem)) {
      kinds.forget(resource);
      return false;
    }
    return true;
  }

  private static boolean isNotFound(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException e
          && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return true;
      }
    }
    return false;
  }

  private static ResourceDefinitionContext context(ApiResource resource) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(resource.group().isEmpty() ? null : resource.group())
        .withVersion(resource.version())
        .withKind(resource.kind())
        .withPlural(resource.plural())
        .withNamespaced(resource.namespaced())
        .build();
  }
}

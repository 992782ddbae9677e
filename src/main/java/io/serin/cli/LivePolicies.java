package io.serin.cli;

import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.cluster.Change;
import io.serin.cluster.FabricWorld;
import io.serin.cluster.PolicyOutcome;
import io.serin.cluster.PolicyRevisions;
import io.serin.policy.Policy;
import io.serin.policy.PolicyCache;
import io.serin.policy.catalog.Catalog;
import io.serin.policy.catalog.ClusterSource;
import io.serin.policy.catalog.DirectorySource;
import io.serin.policy.catalog.Loader;
import io.serin.policy.catalog.PolicyDefinition;
import io.serin.policy.catalog.PolicyKey;
import io.serin.policy.catalog.PolicyKey.Origin;
import io.serin.policy.catalog.PolicyState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of a running controller, kept up to date with directories and with the cluster. */
final class LivePolicies implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LivePolicies.class);

  /** How often directories are looked at; they are small, and looking asks nobody. */
  private static final Duration REREAD = Duration.ofSeconds(5);

  /**
   * Loaded policies that are kept; beyond it those that were not used for longest are compiled
   * anew.
   */
  private static final int KEPT = 64;

  /** One compilation at a time: it takes much heap, and nobody waits for it. */
  private static final int COMPILERS = 1;

  private final PolicyCache cache = new PolicyCache(KEPT, COMPILERS);
  private final ExecutorService loading = Executors.newVirtualThreadPerTaskExecutor();
  private final Catalog catalog;
  private final ClusterSource cluster;
  private final PolicyRevisions revisions;
  private final DirectorySource directories;
  private final Thread rereading;

  private LivePolicies(ControllerOptions.Policies options, World world, InstantSource clock) {
    Policy bundled = Policies.load("", options.packs());
    cache.put(bundled);
    Loader loader = new Loader(cache, bundled);
    revisions = new PolicyRevisions(world, options.policyNamespace());
    catalog =
        new Catalog(
            bundled,
            loader,
            this::lastGood,
            this::load,
            () -> ClusterSource.complete(world),
            clock);
    cluster = new ClusterSource(world, catalog, options.policyNamespace());
    directories =
        new DirectorySource(
            options.policyDirs().stream().map(Path::of).toList(), options.packs(), catalog);
    directories.require(loader);
    rereading = Thread.ofVirtual().name("policy-directories").unstarted(this::reread);
  }

  /**
   * Reads what there is.
   *
   * @throws io.serin.policy.PolicyException when a directory cannot be used: at the start there is
   *     no good version to fall back to
   */
  static LivePolicies open(
      ControllerOptions.Policies options, FabricWorld world, InstantSource clock) {
    LivePolicies policies = new LivePolicies(options, world, clock);
    policies.directories.read();
    // First: what the caches bring while they fill is told once, and to those who listen.
    world.onChange(policies::changed);
    policies.cluster.start();
    if (!options.policyDirs().isEmpty()) {
      policies.rereading.start();
    }
    return policies;
  }

  Catalog catalog() {
    return catalog;
  }

  private void load(Runnable version) {
    try {
      loading.execute(version);
    } catch (RejectedExecutionException _) {
      log.atDebug().log("stopping, no further version is compiled");
    }
  }

  private Optional<PolicyDefinition> lastGood(PolicyKey key) {
    ObjectRef object = cluster.object(key);
    return object == null
        ? Optional.empty()
        : revisions
            .find(object)
            .map(kept -> new PolicyDefinition(key, kept.spec(), kept.problems(), 0));
  }

  /** What became of a policy by now; as it was told where it is gone or being compiled anew. */
  PolicyOutcome outcome(PolicyState told) {
    PolicyState state =
        catalog
            .present(told.key())
            .filter(present -> present.stage() != PolicyState.Stage.COMPILING)
            .orElse(told);
    PolicyState.Active active = state.active();
    return new PolicyOutcome(state.status(), active == null ? null : active.spec());
  }

  private void changed(Change change) {
    if (!change.isOwn()) {
      cluster.changed(change.ref());
    }
  }

  /** Hands on the states of policies that are from the cluster, with the object that holds them. */
  void listen(BiConsumer<ObjectRef, PolicyState> listener) {
    catalog.listen(
        new Catalog.Listener() {
          @Override
          public void changed(PolicyState state) {
            tell(state, listener);
          }

          @Override
          public void used(PolicyState state) {
            // A ConfigMap has no status, and what is told of it in events is its versions.
            if (state.key().origin() == Origin.RESOURCE) {
              tell(state, listener);
            }
          }
        });
  }

  /** Hands on what there is to say about every policy. */
  void tellAll(BiConsumer<ObjectRef, PolicyState> listener) {
    List<PolicyState> settled =
        catalog.states().stream().filter(s -> s.stage() != PolicyState.Stage.COMPILING).toList();
    settled.forEach(state -> tell(state, listener));
  }

  private void tell(PolicyState state, BiConsumer<ObjectRef, PolicyState> listener) {
    ObjectRef object = cluster.object(state.key());
    if (object != null) {
      listener.accept(object, state);
    }
  }

  @Override
  public void close() {
    rereading.interrupt();
    loading.shutdownNow();
    cache.close();
  }

  private void reread() {
    try {
      while (true) {
        Thread.sleep(REREAD);
        directories.read();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.serin.demo;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The pods of one Deployment. Those of an older template stay until as many of the present one are
 * ready. Not safe for several threads.
 */
final class ReplicaSets implements AutoCloseable {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final Pods running;
  private final Metrics metrics;
  private final Duration startUp;
  private final List<Started> own = new ArrayList<>();

  private record Started(Pod pod, long readyAt) {
    boolean is(String revision) {
      return pod.revision().equals(revision);
    }

    void look() {
      if (System.nanoTime() - readyAt >= 0) {
        pod.becomeReady();
      }
    }
  }

  /**
   * @param startUp how long a pod takes to become ready
   */
  ReplicaSets(Pods running, Metrics metrics, Duration startUp) {
    this.running = running;
    this.metrics = metrics;
    this.startUp = startUp;
  }

  /**
   * Starts and ends pods as the Deployment wants it.
   *
   * @return whether some are not ready yet, so that another look is due
   */
  boolean follow(Deployment deployment) {
    own.forEach(Started::look);
    String revision = revision(deployment.getSpec().getTemplate());
    int wanted = wanted(deployment);
    while (own.stream().filter(pod -> pod.is(revision)).count() < wanted) {
      start(deployment, revision);
    }
    keep(own.stream().filter(pod -> pod.is(revision)).toList(), wanted);
    int ready = (int) own.stream().filter(p -> p.is(revision) && p.pod.isReady()).count();
    keep(own.stream().filter(pod -> !pod.is(revision)).toList(), wanted - ready);
    return own.stream().anyMatch(started -> !started.pod.isReady());
  }

  DeploymentCounts counts(Deployment deployment) {
    String revision = revision(deployment.getSpec().getTemplate());
    int wanted = wanted(deployment);
    int updated = (int) own.stream().filter(pod -> pod.is(revision)).count();
    int ready = (int) own.stream().filter(started -> started.pod.isReady()).count();
    int updatedReady = (int) own.stream().filter(p -> p.is(revision) && p.pod.isReady()).count();
    return new DeploymentCounts(
        deployment.getMetadata().getGeneration(),
        own.size(),
        updated,
        ready,
        ready >= wanted,
        updatedReady == wanted && own.size() == wanted);
  }

  @Override
  public void close() {
    own.forEach(started -> running.remove(started.pod));
    own.forEach(started -> started.pod.close());
    own.clear();
  }

  private void start(Deployment deployment, String revision) {
    PodTemplateSpec template = deployment.getSpec().getTemplate();
    String name = deployment.getMetadata().getName() + "-" + revision + "-" + suffix();
    Pod pod =
        new Pod(
            deployment.getMetadata().getNamespace(),
            name,
            template.getMetadata().getLabels(),
            revision,
            Behaviour.tag(template),
            metrics);
    own.add(new Started(pod, System.nanoTime() + startUp.toNanos()));
    running.add(pod);
  }

  /** Ends what is too many; the gateway stops to use it at once, its running requests may end. */
  private void keep(List<Started> pods, int most) {
    for (Started surplus : pods.subList(Math.min(pods.size(), Math.max(0, most)), pods.size())) {
      own.remove(surplus);
      running.remove(surplus.pod);
      Thread.ofVirtual().name("ends-" + surplus.pod.name()).start(surplus.pod::close);
    }
  }

  private static int wanted(Deployment deployment) {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  private static String revision(PodTemplateSpec template) {
    return Integer.toHexString(template.hashCode());
  }

  private static String suffix() {
    return ThreadLocalRandom.current()
        .ints(5, 0, LETTERS.length())
        .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
        .reduce("", String::concat);
  }
}

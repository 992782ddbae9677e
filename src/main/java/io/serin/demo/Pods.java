package io.serin.demo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pods that run, as the gateway finds them. */
final class Pods {
  private final List<Pod> running = new CopyOnWriteArrayList<>();

  void add(Pod pod) {
    running.add(pod);
  }

  void remove(Pod pod) {
    running.remove(pod);
  }

  /** The ready pods that a selector chooses; an empty one chooses none, as in a Service. */
  List<Pod> endpoints(String namespace, Map<String, String> selector) {
    return running.stream()
        .filter(pod -> pod.isReady() && !selector.isEmpty())
        .filter(pod -> pod.namespace().equals(namespace) && pod.has(selector))
        .toList();
  }
}

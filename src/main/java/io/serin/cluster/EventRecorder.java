package io.serin.cluster;

import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores events from a thread of its own, so that nobody waits for the API server. The same event
 * said again within ten minutes, be it for another reason, counts up the first one. When the queue
 * is full, the newest is left out.
 */
final class EventRecorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "flagger";
  private static final int QUEUE = 1_000;
  private static final int REMEMBERED = 4_096;
  private static final int LONGEST_MESSAGE = 1_024;
  private static final int LONGEST_NAME = 230;
  private static final Duration SAME = Duration.ofMinutes(10);

  private final Requests requests;
  private final InstantSource clock;
  private final Duration drain;
  private final BlockingQueue<Job> queue = new LinkedBlockingQueue<>(QUEUE);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean dropping;

  /** Of the worker's thread only. The eldest is forgotten first. */
  private final Map<Key, Series> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Series> eldest) {
          return size() > REMEMBERED;
        }
      };

  private sealed interface Job {}

  private record Tell(Event event, Instant when) implements Job {}

  private record Stop() implements Job {}

  private record Key(String uid, ObjectRef ref, boolean warning, String reason, String message) {}

  private record Series(ObjectRef stored, String text, int count, Instant last) {}

  /**
   * @param drain how long closing waits for the events that are not sent yet
   */
  EventRecorder(Requests requests, InstantSource clock, Duration drain) {
    this.drain = drain;
    this.requests = requests;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("events").start(this::run);
  }

  /** Never throws and never waits. */
  void emit(Event event) {
    if (closed || !requests.mayWrite()) {
      return;
    }
    boolean queued = queue.offer(new Tell(event, clock.instant()));
    if (!queued && !dropping) {
      LOG.atWarn()
          .addKeyValue("waiting", QUEUE)
          .log("The API server is slow: new events are left out until it has caught up");
    }
    dropping = !queued;
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (!queue.offer(new Stop(), drain.toMillis(), TimeUnit.MILLISECONDS)
          || !thread.join(drain)) {
        LOG.atWarn().addKeyValue("waiting", queue.size()).log("Events are lost on stopping");
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (queue.take() instanceof Tell tell) {
        store(tell);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void store(Tell tell) {
    Key key = key(tell.event);
    try {
      Series series = known.get(key);
      boolean again = series != null && series.last.plus(SAME).isAfter(tell.when);
      Series counted = again && series != null ? countUp(series, tell) : null;
      known.put(key, counted != null ? counted : create(tell));
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("event", tell.event.message())
          .addKeyValue("problem", OneLine.of(e))
          .log("An event could not be stored");
    }
  }

  /** Null when the stored event has expired meanwhile. */
  private @Nullable Series countUp(Series series, Tell tell) {
    String text = bounded(tell.event.text());
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    patch.put("count", series.count + 1);
    patch.put("lastTimestamp", time(tell.when));
    if (!text.equals(series.text)) {
      patch.put("message", text);
    }
    try {
      requests.patch(series.stored, "", patch);
      return new Series(series.stored, text, series.count + 1, tell.when);
    } catch (ConflictException _) {
      return null;
    }
  }

  private Series create(Tell tell) {
    KubeObject about = tell.event.about();
    String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
    ObjectRef ref = new ObjectRef("v1", "Event", namespace, name(about, tell.when));
    requests.create(ref, tree(ref, tell));
    return new Series(ref, bounded(tell.event.text()), 1, tell.when);
  }

  private static ObjectNode tree(ObjectRef ref, Tell tell) {
    Event event = tell.event;
    KubeObject about = event.about();
    ObjectNode tree = KubeObject.of(ref).tree();
    ObjectNode involved = tree.putObject("involvedObject");
    involved.put("apiVersion", about.apiVersion()).put("kind", about.kind());
    involved.put("namespace", about.namespace()).put("name", about.name());
    involved.put("uid", about.uid()).put("resourceVersion", about.resourceVersion());
    tree.put("type", event.warning() ? "Warning" : "Normal");
    tree.put("reason", event.reason());
    tree.put("message", bounded(event.text()));
    tree.put("count", 1);
    tree.put("firstTimestamp", time(tell.when)).put("lastTimestamp", time(tell.when));
    tree.putObject("source").put("component", COMPONENT);
    tree.put("reportingComponent", COMPONENT).put("reportingInstance", "");
    return tree;
  }

  private static Key key(Event event) {
    KubeObject about = event.about();
    return new Key(
        about.uid(), about.ref(), event.warning(), event.reason(), bounded(event.message()));
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  // The object's name and the time, as client-go names events.
  private static String name(KubeObject about, Instant when) {
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, when);
    String name = about.name();
    String kept = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    return kept + "." + Long.toHexString(nanos);
  }

  private static String time(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

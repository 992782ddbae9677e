package io.serin.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.serin.api.ObjectRef;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Single requests as bytes, through the connections and credentials of the fabric8 client but past
 * its models. Writes are sent only while this replica may write.
 */
final class Requests {
  /** How long one request may take, tries and waiting between them included. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Requests under way at once. The API server lets one client queue some three hundred and refuses
   * what comes on top; a thousand rollouts that begin together would mostly be refused.
   */
  static final int MOST_AT_ONCE = 100;

  private static final byte[] NOTHING = {};

  private final KubernetesClient client;
  private final Kinds kinds;
  private final BooleanSupplier mayWrite;
  private final RateLimit limit;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE, true);
  private final String server;

  Requests(KubernetesClient client, Kinds kinds, BooleanSupplier mayWrite, RateLimit limit) {
    this.client = client;
    this.kinds = kinds;
    this.mayWrite = mayWrite;
    this.limit = limit;
    this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
  }

  /** The stored object. */
  byte[] create(ObjectRef ref, ObjectNode object) {
    String what = "create " + ref;
    requireLease(what);
    ApiResource kind = kind(what, ref);
    return accepted(
        what, send(what, "POST", kind.path(ref.namespace()), "application/json", object));
  }

  /**
   * Sends a merge patch.
   *
   * @param subresource empty for the object itself
   * @return the stored object
   */
  byte[] patch(ObjectRef ref, String subresource, ObjectNode patch) {
    String what = "patch " + (subresource.isEmpty() ? "" : subresource + " of ") + ref;
    requireLease(what);
    String path = kind(what, ref).path(ref) + (subresource.isEmpty() ? "" : "/" + subresource);
    HttpResponse<byte[]> answer = send(what, "PATCH", path, "application/merge-patch+json", patch);
    if (answer.code() == HttpURLConnection.HTTP_NOT_FOUND) {
      // It was there when the patch was made.
      throw new ConflictException(problem(what, answer));
    }
    return accepted(what, answer);
  }

  /** What the API server answers to a deletion; null when the object was gone already. */
  byte @Nullable [] delete(ObjectRef ref) {
    String what = "delete " + ref;
    requireLease(what);
    String path = kind(what, ref).path(ref);
    return found(what, send(what, "DELETE", path, null, null));
  }

  /** Null when there is no such object. */
  byte @Nullable [] read(ObjectRef ref) {
    String what = "read " + ref;
    ApiResource kind = kinds.find(ref.apiVersion(), ref.kind());
    return kind == null ? null : found(what, send(what, "GET", kind.path(ref), null, null));
  }

  private ApiResource kind(String what, ObjectRef ref) {
    ApiResource kind = kinds.find(ref.apiVersion(), ref.kind());
    if (kind == null) {
      throw new ClusterException(
          what + ": the API server does not serve " + ref.apiVersion() + " " + ref.kind());
    }
    return kind;
  }

  boolean mayWrite() {
    return mayWrite.getAsBoolean();
  }

  private void requireLease(String what) {
    if (!mayWrite()) {
      throw new NotLeaderException(what);
    }
  }

  private HttpResponse<byte[]> send(
      String what, String method, String path, @Nullable String type, @Nullable ObjectNode body) {
    String json = body == null ? null : JsonMapper.shared().writeValueAsString(body);
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(server + path)
            .method(method, type, json)
            .setHeader("Accept", "application/json")
            .build();
    pause(what);
    enter(what);
    try {
      return await(what, client.getHttpClient().sendAsync(request, byte[].class));
    } finally {
      room.release();
    }
  }

  /** Requests that wait until others are answered. */
  int waiting() {
    return room.getQueueLength();
  }

  private void enter(String what) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  private void pause(String what) {
    Duration wait = limit.reserve();
    if (wait.isPositive()) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        throw interrupted(what, e);
      }
    }
  }

  private static <T> T await(String what, CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new ClusterException(what + ": no answer: " + OneLine.of(e), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new ClusterException(what + ": no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted(what, e);
    }
  }

  private static ClusterException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ClusterException(what + ": interrupted", e);
  }

  private static byte @Nullable [] found(String what, HttpResponse<byte[]> answer) {
    return answer.code() == HttpURLConnection.HTTP_NOT_FOUND ? null : accepted(what, answer);
  }

  private static byte[] accepted(String what, HttpResponse<byte[]> answer) {
    if (answer.code() == HttpURLConnection.HTTP_CONFLICT) {
      throw new ConflictException(problem(what, answer));
    }
    if (!answer.isSuccessful()) {
      throw new ClusterException(problem(what, answer));
    }
    return body(answer);
  }

  private static byte[] body(HttpResponse<byte[]> answer) {
    byte[] body = answer.body();
    return body == null ? NOTHING : body;
  }

  private static String problem(String what, HttpResponse<byte[]> answer) {
    return what + ": " + answer.code() + " " + reason(body(answer));
  }

  // Whatever is no Status is a page of some proxy in between.
  private static String reason(byte[] body) {
    try {
      JsonNode status = JsonMapper.shared().readTree(body);
      return OneLine.of(status.path("message").stringValue("without a message"));
    } catch (JacksonException _) {
      return OneLine.of(new String(body, StandardCharsets.UTF_8));
    }
  }
}

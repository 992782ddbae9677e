package io.serin.demo;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * fabric8's mock of an API server, put right where it differs from a real one: a merge patch
 * replaces lists and removes what it sets to null (<a
 * href="https://www.rfc-editor.org/rfc/rfc7386">RFC 7386</a>), the status of Deployments is a
 * subresource as well, what a deletion really removed is answered with a Status, and what went with
 * its last finalizer is answered as it was.
 */
final class FaithfulDispatcher extends KubernetesCrudDispatcher {
  private static final String GONE =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}";

  @Override
  public JsonNode merge(JsonNode base, String patch) throws KubernetesCrudDispatcherException {
    return merged(base, asNode(patch));
  }

  @Override
  public boolean isStatusSubresourceEnabledForResource(String path) {
    return path.contains("/deployments") || super.isStatusSubresourceEnabledForResource(path);
  }

  @Override
  public void touchGeneration(JsonNode current, JsonNode updated) {
    // The handler sets the present status, which is a missing node when there is none.
    if (current.path("status").isMissingNode()) {
      updated.asObject().remove("status");
    }
    super.touchGeneration(current, updated);
  }

  @Override
  public MockResponse handleDelete(String path) {
    MockResponse answer = super.handleDelete(path);
    boolean removed =
        answer.code() == HttpURLConnection.HTTP_OK && findResource(getKey(path)) == null;
    return removed ? answer.setBody(GONE) : answer;
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    Map.Entry<AttributeSet, String> before = findResource(getKey(request.getPath()));
    return released(super.handlePatch(request), before);
  }

  @Override
  public MockResponse handleUpdate(RecordedRequest request) {
    Map.Entry<AttributeSet, String> before = findResource(getKey(request.getPath()));
    return released(super.handleUpdate(request), before);
  }

  /** The mock answers nothing when the last finalizer of a deleted object goes. */
  private MockResponse released(
      MockResponse answer, Map.@Nullable Entry<AttributeSet, String> before) {
    boolean silent = answer.getBody() == null || answer.getBody().size() == 0;
    if (before == null || !silent || answer.code() >= HttpURLConnection.HTTP_MULT_CHOICE) {
      return answer;
    }
    ObjectNode last = JsonMapper.shared().readTree(before.getValue()).asObject();
    last.withObject("metadata").remove("finalizers");
    return answer.setBody(last.toString());
  }

  static JsonNode merged(JsonNode base, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result =
        base.isObject() ? base.asObject().deepCopy() : JsonNodeFactory.instance.objectNode();
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                result.remove(field.getKey());
              } else {
                result.set(field.getKey(), merged(result.path(field.getKey()), field.getValue()));
              }
            });
    return result;
  }
}

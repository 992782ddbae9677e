package io.serin.cluster;

import io.serin.api.ObjectRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the API server serves a kind.
 *
 * @param plural the name in paths
 * @param namespaced whether its objects live in namespaces
 */
record ApiResource(String apiVersion, String kind, String plural, boolean namespaced) {

  /** Empty for the core group. */
  String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** The path of the collection, to which a new object is posted. */
  String path(String namespace) {
    String root = group().isEmpty() ? "/api/" : "/apis/";
    String scope = namespaced ? "/namespaces/" + encode(namespace) : "";
    return root + apiVersion + scope + "/" + plural;
  }

  /** The path of one object. */
  String path(ObjectRef ref) {
    return path(ref.namespace()) + "/" + encode(ref.name());
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }
}

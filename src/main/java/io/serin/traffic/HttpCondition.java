package io.serin.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of an HTTPRoute's {@code matches}, in the form that the API server stores: defaults
 * filled in, lists sorted.
 *
 * @param method empty for any
 */
record HttpCondition(
    Operand path, String method, List<Operand> headers, List<Operand> queryParams) {

  /** Every request. */
  static final HttpCondition ANY =
      new HttpCondition(new Operand("", Operand.PATH_PREFIX, "/"), "", List.of(), List.of());

  HttpCondition {
    headers = sorted(headers);
    queryParams = sorted(queryParams);
  }

  /** This condition with what another one says about headers and query parameters instead. */
  HttpCondition narrowedTo(HttpCondition other) {
    return new HttpCondition(
        path,
        method,
        other.headers.isEmpty() ? headers : other.headers,
        other.queryParams.isEmpty() ? queryParams : other.queryParams);
  }

  /** This condition for requests that carry the cookie. */
  HttpCondition with(SessionCookie cookie) {
    List<Operand> all = new ArrayList<>(headers);
    all.removeIf(header -> header.name().equalsIgnoreCase(SessionCookie.REQUEST_HEADER));
    all.add(new Operand(SessionCookie.REQUEST_HEADER, Operand.REGEX, cookie.regex()));
    return new HttpCondition(path, method, all, queryParams);
  }

  boolean isPathPrefix() {
    return path.type().equals(Operand.PATH_PREFIX);
  }

  ObjectNode toTree() {
    ObjectNode tree = Json.object();
    tree.set("path", path.toTree());
    tree.set("method", Json.textOrNull(method));
    tree.set("headers", trees(headers));
    tree.set("queryParams", trees(queryParams));
    return tree;
  }

  private static JsonNode trees(List<Operand> operands) {
    return Json.arrayOrNull(operands.stream().map(Operand::toTree).toList());
  }

  private static List<Operand> sorted(List<Operand> operands) {
    return operands.stream().sorted(Comparator.comparing(Operand::name)).toList();
  }

  /**
   * A comparison with a text.
   *
   * @param name header or parameter, empty for the path
   */
  record Operand(String name, String type, String value) {
    static final String EXACT = "Exact";
    static final String REGEX = "RegularExpression";
    static final String PATH_PREFIX = "PathPrefix";

    ObjectNode toTree() {
      ObjectNode tree = Json.object();
      if (!name.isEmpty()) {
        tree.put("name", name);
      }
      return tree.put("type", type).put("value", value);
    }
  }
}

package io.serin.alert;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is posted.
 *
 * @param address where
 * @param headers beside the content type
 * @param body JSON
 */
record Message(URI address, Map<String, String> headers, String body) {

  Message {
    headers = Map.copyOf(headers);
  }

  static Message of(URI address, JsonNode body) {
    return new Message(address, Map.of(), JsonMapper.shared().writeValueAsString(body));
  }

  Message with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Message(address, more, body);
  }

  /** With a token as the usual bearer; unchanged when it is empty. */
  Message bearing(String token) {
    return token.isEmpty() ? this : with("Authorization", "Bearer " + token);
  }
}

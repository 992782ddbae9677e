package io.serin.webhook;

import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes payloads: the fields in Flagger's order, metadata sorted, no empty metadata. */
final class Json {
  private final JsonMapper mapper = JsonMapper.shared();

  String of(Payload payload) {
    ObjectNode body = mapper.createObjectNode();
    body.put("name", payload.name());
    body.put("namespace", payload.namespace());
    body.put("phase", payload.phase());
    body.put("checksum", payload.checksum());
    if (!payload.metadata().isEmpty()) {
      ObjectNode metadata = body.putObject("metadata");
      new TreeMap<>(payload.metadata()).forEach(metadata::put);
    }
    return mapper.writeValueAsString(body);
  }
}

package io.serin.alert;

import io.serin.api.Names;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Any HTTP server: everything that is known, as one JSON object, signed when there is a token. The
 * signature is that of Flux's notification controller.
 */
final class GenericWebhook implements Receiver {

  private static final String ALGORITHM = "HmacSHA256";

  @Override
  public Message message(Alert alert, Channel channel, URI address) {
    Message message = Message.of(address, body(alert));
    return channel.token().isEmpty()
        ? message
        : message.with("X-Signature", "sha256=" + signature(message.body(), channel.token()));
  }

  private static ObjectNode body(Alert alert) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("specVersion", "1");
    body.put("severity", alert.severity().wireName());
    body.put("reason", alert.reason());
    body.put("message", alert.text());
    body.put("timestamp", alert.at().toString());
    if (!alert.cluster().isEmpty()) {
      body.put("cluster", alert.cluster());
    }
    if (alert.why() != null) {
      body.put("rule", alert.why().rule());
      body.put("explanation", alert.why().line());
    }
    canary(body.putObject("canary"), alert);
    ObjectNode target = body.putObject("target");
    target.put("kind", alert.canary().target().kind());
    target.put("name", alert.canary().target().name());
    ArrayNode fields = body.putArray("fields");
    for (Alert.Field field : alert.fields()) {
      fields.addObject().put("name", field.name()).put("value", field.value());
    }
    return body;
  }

  private static void canary(ObjectNode canary, Alert alert) {
    canary.put("apiVersion", Names.FLAGGER_API_VERSION);
    canary.put("kind", Names.CANARY);
    canary.put("name", alert.canary().name());
    canary.put("namespace", alert.canary().namespace());
    canary.put("phase", alert.phase().wireName());
    canary.put("failedChecks", alert.failedChecks());
    canary.put("canaryWeight", alert.weight());
    canary.put("checksum", alert.canary().checksum());
  }

  private static String signature(String body, String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
    }
  }
}

package io.serin.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the API server's audit log, one JSON object a line. */
record AuditLog(Path file) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * The requests of one client since an instant, each once, in the order they were logged. A watch
   * that still runs is among them.
   */
  List<AuditEntry> requests(String userAgentOrUser, Instant since) {
    Map<String, AuditEntry> byId = new LinkedHashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      lines
          .lines()
          // Cheap first: parsing is what costs in a log of a hundred thousand requests.
          .filter(line -> line.contains(userAgentOrUser) && line.endsWith("}"))
          .map(JSON::readTree)
          .filter(event -> isFrom(event, userAgentOrUser))
          .forEach(event -> byId.putIfAbsent(event.path("auditID").asString(""), entry(event)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the audit log " + file, e);
    }
    return byId.values().stream().filter(entry -> !entry.received().isBefore(since)).toList();
  }

  boolean mentions(String text) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return lines.lines().anyMatch(line -> line.contains(text));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the audit log " + file, e);
    }
  }

  private static boolean isFrom(JsonNode event, String userAgentOrUser) {
    return event.at("/user/username").asString("").equals(userAgentOrUser)
        || event.path("userAgent").asString("").contains(userAgentOrUser);
  }

  private static AuditEntry entry(JsonNode event) {
    JsonNode object = event.path("objectRef");
    return new AuditEntry(
        Instant.parse(event.path("requestReceivedTimestamp").asString("")),
        event.path("verb").asString(""),
        object.path("apiGroup").asString(""),
        object.path("resource").asString(""),
        object.path("subresource").asString(""),
        object.path("namespace").asString(""),
        object.path("name").asString(""),
        event.at("/user/username").asString(""),
        event.path("userAgent").asString(""),
        event.at("/responseStatus/code").asInt(0),
        event.path("requestURI").asString(""));
  }
}

package io.serin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final String PATCH =
      """
      {"auditID":"1","stage":"ResponseComplete","requestURI":"/x","verb":"patch",\
      "user":{"username":"serin-controller"},"userAgent":"serin/1",\
      "objectRef":{"resource":"canaries","namespace":"shop","name":"cart",\
      "apiGroup":"flagger.app","subresource":"status"},"responseStatus":{"code":200},\
      "requestReceivedTimestamp":"2026-01-01T10:00:00.000001Z"}
      """;
  private static final String WATCH =
      """
      {"auditID":"2","stage":"%s","requestURI":"/y","verb":"watch",\
      "user":{"username":"observer-1"},"userAgent":"not serin-controller at all",\
      "objectRef":{"resource":"pods"},"responseStatus":{"code":200},\
      "requestReceivedTimestamp":"2026-01-01T11:00:00.000001Z"}
      """;

  private AuditLog log;

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    String lines = PATCH + WATCH.formatted("ResponseStarted") + WATCH.formatted("ResponseComplete");
    log = new AuditLog(Files.writeString(folder.resolve("audit.jsonl"), lines));
  }

  @Test
  void aRequestIsToldWithItsObjectUserAndAnswer() {
    assertThat(log.requests("serin/1", Instant.EPOCH))
        .containsExactly(
            new AuditEntry(
                Instant.parse("2026-01-01T10:00:00.000001Z"),
                "patch",
                "flagger.app",
                "canaries",
                "status",
                "shop",
                "cart",
                "serin-controller",
                "serin/1",
                200,
                "/x"));
  }

  @Test
  void aWatchIsOneRequest() {
    assertThat(log.requests("observer-1", Instant.EPOCH)).hasSize(1);
  }

  @Test
  void aUserIsFoundByExactName() {
    assertThat(log.requests("observer", Instant.EPOCH)).isEmpty();
  }

  @Test
  void olderRequestsAreLeftOut() {
    List<AuditEntry> entries = log.requests("serin", Instant.parse("2026-01-01T10:30:00Z"));

    assertThat(entries).extracting(AuditEntry::verb).containsExactly("watch");
  }
}

package io.serin.rollout;

import io.serin.api.CanaryStatus;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * The checksum of webhook payloads: tells one revision and its configuration from another, nothing
 * more.
 */
final class Checksum {

  private Checksum() {}

  static String of(CanaryStatus status) {
    CRC32 crc = new CRC32();
    String text = status.lastAppliedSpec() + Objects.toString(status.trackedConfigs());
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toString(crc.getValue(), 36);
  }
}

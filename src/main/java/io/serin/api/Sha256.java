package io.serin.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the first bytes of which are enough to tell contents apart. */
public final class Sha256 {
  private Sha256() {}

  /** A hash that nothing was added to yet. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Ends a hash.
   *
   * @param bytes how many of it count, 1 to 32
   * @return two hex digits for each of them
   */
  public static String end(MessageDigest sha, int bytes) {
    return HexFormat.of().formatHex(sha.digest(), 0, bytes);
  }

  /** The same of one text, as UTF-8. */
  public static String of(String text, int bytes) {
    MessageDigest sha = start();
    sha.update(text.getBytes(StandardCharsets.UTF_8));
    return end(sha, bytes);
  }
}

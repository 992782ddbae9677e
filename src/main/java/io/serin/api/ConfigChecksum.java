package io.serin.api;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checksum by which a ConfigMap or Secret counts as changed. Where there is no {@code
 * binaryData} it equals Flagger's: SHA-256 over the JSON that Go would write of {@code data}, of
 * which the first eight bytes count.
 */
public final class ConfigChecksum {
  private static final int BYTES = 8;
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private ConfigChecksum() {}

  /** Sixteen hex digits, from an object with its data. */
  public static String of(KubeObject config) {
    StringBuilder text = new StringBuilder();
    append(config, "data", text);
    if (config.has("binaryData")) {
      append(config, "binaryData", text.append('\n'));
    }
    return Sha256.of(text.toString(), BYTES);
  }

  /** The checksum that the cache left on a trimmed object, else that of its data. */
  public static String known(KubeObject config) {
    String cached = config.annotation(Names.CHECKSUM);
    return cached.isEmpty() ? of(config) : cached;
  }

  private static void append(KubeObject config, String field, StringBuilder text) {
    if (!config.has(field)) {
      text.append("null");
      return;
    }
    String separator = "{";
    for (Map.Entry<String, String> entry : new TreeMap<>(config.texts(field)).entrySet()) {
      appendQuoted(entry.getKey(), text.append(separator));
      appendQuoted(entry.getValue(), text.append(':'));
      separator = ",";
    }
    text.append(separator.equals("{") ? "{}" : "}");
  }

  private static void appendQuoted(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      appendEscaped(value.charAt(i), text);
    }
    text.append('"');
  }

  /** Go escapes more than JSON asks for: HTML's special characters and two line separators. */
  private static void appendEscaped(char c, StringBuilder text) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '<', '>', '&', LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> appendHex(c, text);
      default -> appendPlain(c, text);
    }
  }

  private static void appendPlain(char c, StringBuilder text) {
    if (c < ' ') {
      appendHex(c, text);
    } else {
      text.append(c);
    }
  }

  private static void appendHex(char c, StringBuilder text) {
    text.append("\\u").append(HexFormat.of().toHexDigits(c));
  }
}

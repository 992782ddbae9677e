package io.serin.cli;

import java.util.regex.Pattern;

/** Names of Canaries as people type them. */
final class CanaryName {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  private CanaryName() {}

  /**
   * {@code namespace/name}.
   *
   * @param text {@code name} or {@code namespace/name}
   * @param namespace of a bare name
   * @throws IllegalArgumentException when it is no name
   */
  static String of(String text, String namespace) {
    String whole = text.contains("/") ? text : namespace + "/" + text;
    String[] parts = whole.split("/", -1);
    if (parts.length != 2
        || !NAME.matcher(parts[0]).matches()
        || !NAME.matcher(parts[1]).matches()) {
      throw new IllegalArgumentException(
          "canary '" + text + "' is no name of a Canary; write name or namespace/name");
    }
    return whole;
  }
}

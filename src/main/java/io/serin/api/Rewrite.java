package io.serin.api;

/**
 * How path and host are rewritten on the way to the workload; {@code type} is read by the Gateway
 * API only.
 */
public record Rewrite(String uri, String authority, String type) {
  private static final String PREFIX = "ReplacePrefixMatch";
  private static final String FULL_PATH = "ReplaceFullPath";

  static Rewrite read(Fields f) {
    return new Rewrite(f.text("uri"), f.text("authority"), f.text("type"));
  }

  /**
   * The Gateway API's path rewrite type: the full path unless the prefix is asked for by its exact
   * name.
   */
  public String pathType() {
    return type.equals(PREFIX) ? PREFIX : FULL_PATH;
  }
}

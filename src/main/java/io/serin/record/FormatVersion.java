package io.serin.record;

import java.util.regex.Pattern;

/**
 * Version of the recording format. A higher minor version only adds, so older readers may read it;
 * a higher major version means something else.
 */
record FormatVersion(int major, int minor) {

  /** What is written today. */
  static final FormatVersion CURRENT = new FormatVersion(1, 2);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /**
   * Parses {@code major.minor}.
   *
   * @throws RecordingException when it is something else
   */
  static FormatVersion parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new RecordingException("version '" + text + "' is not of the form 1.0");
    }
    return new FormatVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * Makes sure that this Serin understands the version.
   *
   * @throws RecordingException when it does not
   */
  void requireReadable() {
    if (major != CURRENT.major) {
      throw new RecordingException(
          "version %s is not readable by this Serin, which reads %d.x; use a Serin that wrote it or a newer one"
              .formatted(this, CURRENT.major));
    }
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

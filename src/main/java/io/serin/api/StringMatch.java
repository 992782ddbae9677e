package io.serin.api;

/**
 * A condition on a text, of which one is given; {@code suffix} exists only in {@code
 * analysis.match[].headers}.
 */
public record StringMatch(String exact, String prefix, String suffix, String regex) {
  static StringMatch read(Fields f) {
    return new StringMatch(f.text("exact"), f.text("prefix"), f.text("suffix"), f.text("regex"));
  }
}

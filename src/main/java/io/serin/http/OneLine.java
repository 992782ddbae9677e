package io.serin.http;

import java.util.regex.Pattern;

/** Brings what others say into one line of a bearable length. */
public final class OneLine {
  private static final int LONGEST = 500;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

  private OneLine() {}

  /** The text with every run of white space as one blank, cut after 500 characters. */
  public static String of(String text) {
    String start = text.substring(0, Math.min(text.length(), 8 * LONGEST));
    String line = BLANKS.matcher(start).replaceAll(" ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "\u2026";
  }
}

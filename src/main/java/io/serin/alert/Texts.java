package io.serin.alert;

/** Brings texts into what receivers accept. */
final class Texts {

  /** Discord has the shortest limit: 1,024 characters for the value of a field. */
  static final int LONGEST = 1_000;

  private Texts() {}

  /** At most 1,000 characters, none of them halved. */
  static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}

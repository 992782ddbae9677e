package io.serin.record;

/** A comparison as one HTML file. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The page. */
  public static String of(Comparison.Result result) {
    return ComparisonText.of(result);
  }
}

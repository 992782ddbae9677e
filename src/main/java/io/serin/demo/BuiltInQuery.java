package io.serin.demo;

import io.serin.api.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the queries that Serin's generic HTTP observer asks: the share of requests that did not
 * fail, or a quantile of their duration. Nothing else of PromQL is understood.
 *
 * @param quantile 0 to 1; null for the success rate
 * @param matchers on the labels of all requests
 * @param good the further matcher of the successful ones; the success rate's only
 * @param window how far the query looks back
 * @param factor what the result is multiplied by
 */
record BuiltInQuery(
    @Nullable Double quantile,
    List<LabelMatcher> matchers,
    List<LabelMatcher> good,
    Duration window,
    double factor) {
  private static final Pattern SELECTOR =
      Pattern.compile("http_request_duration_seconds_(count|bucket)\\s*\\{([^}]*)}\\s*\\[(\\w+)]");
  private static final Pattern QUANTILE =
      Pattern.compile("histogram_quantile\\s*\\(\\s*([0-9.]+)\\s*,");
  private static final Pattern FACTOR = Pattern.compile("\\*\\s*([0-9.]+)\\s*$");

  BuiltInQuery {
    matchers = List.copyOf(matchers);
    good = List.copyOf(good);
  }

  /** Null for every other query. */
  static @Nullable BuiltInQuery parse(String text) {
    List<MatchedSelector> selectors =
        SELECTOR.matcher(text).results().map(MatchedSelector::of).toList();
    Matcher quantile = QUANTILE.matcher(text);
    if (quantile.find() && selectors.size() == 1) {
      MatchedSelector only = selectors.getFirst();
      double q = Double.parseDouble(quantile.group(1));
      return new BuiltInQuery(q, only.matchers, List.of(), only.window, factor(text));
    }
    return selectors.size() >= 2 && text.contains("/") ? ratio(text, selectors) : null;
  }

  /**
   * The good requests come first; all of them come last, and perhaps in between to stand for zero.
   */
  private static BuiltInQuery ratio(String text, List<MatchedSelector> selectors) {
    MatchedSelector good = selectors.getFirst();
    MatchedSelector all = selectors.getLast();
    return new BuiltInQuery(null, all.matchers, good.matchers, all.window, factor(text));
  }

  private static double factor(String text) {
    Matcher factor = FACTOR.matcher(text);
    return factor.find() ? Double.parseDouble(factor.group(1)) : 1;
  }

  private record MatchedSelector(List<LabelMatcher> matchers, Duration window) {
    static MatchedSelector of(MatchResult found) {
      return new MatchedSelector(
          LabelMatcher.parse(found.group(2)), GoDuration.parse(found.group(3)));
    }
  }
}

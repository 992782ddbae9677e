package io.serin.policy;

import io.serin.api.GoDuration;
import io.serin.api.SettingSpec;
import io.serin.fact.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting as a policy declares it.
 *
 * @param value what holds unless a Canary asks for something else
 * @param sort what sort of value it is
 * @param least smallest number, or shortest duration in seconds, that a Canary may ask for
 * @param most largest number, or longest duration in seconds, that a Canary may ask for
 * @param texts texts that a Canary may ask for
 */
record DeclaredSetting(Setting value, Sort sort, double least, double most, List<String> texts) {

  private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
  private static final String NUMBER = "number, such as 0.5";
  private static final String DURATION = "duration, such as 10m";
  private static final int LONGEST_TEXT = 200;

  /** The sorts of value. */
  enum Sort {
    NUMBER("number"),
    DURATION("duration"),
    TEXT("text");

    private final String words;

    Sort(String words) {
      this.words = words;
    }
  }

  /** Copies the list. */
  DeclaredSetting {
    texts = List.copyOf(texts);
  }

  /**
   * A setting, or another value for one that a pack declares; bounds that are not written are then
   * the pack's. A side that the pack leaves without one still cannot be changed.
   *
   * @throws IllegalArgumentException when it contradicts itself; the message follows its name
   */
  static DeclaredSetting of(SettingSpec spec, @Nullable DeclaredSetting known) {
    if (!spec.name().matches(NAME)) {
      throw new IllegalArgumentException(
          "is no name; use up to 63 letters, digits, '.', '_' and '-'");
    }
    Sort sort = sort(spec);
    if (known != null && known.sort != sort) {
      throw new IllegalArgumentException(
          "is a %s here and a %s where it is declared; write %s"
              .formatted(sort.words, known.sort.words, known.sort.words));
    }
    return switch (sort) {
      case NUMBER -> number(spec, known);
      case DURATION -> duration(spec, known);
      case TEXT -> text(spec, known);
    };
  }

  String name() {
    return value.name();
  }

  /**
   * What holds for a Canary that asks for that.
   *
   * @throws IllegalArgumentException when the policy does not allow it; the message follows the
   *     setting's name
   */
  Setting asked(String wish) {
    return switch (sort) {
      case NUMBER -> within(read(wish, DeclaredSetting::numberOf, NUMBER), wish);
      case DURATION -> within(read(wish, DeclaredSetting::secondsOf, DURATION), wish);
      case TEXT -> oneOf(wish);
    };
  }

  /** The values at which rules may decide differently: the default, both bounds, every text. */
  Set<Setting> extremes() {
    Set<Setting> all = new LinkedHashSet<>();
    all.add(value);
    texts.forEach(text -> all.add(new Setting(name(), Double.NaN, text)));
    if (sort != Sort.TEXT) {
      all.add(new Setting(name(), least, least == value.number() ? value.text() : written(least)));
      all.add(new Setting(name(), most, most == value.number() ? value.text() : written(most)));
    }
    return all;
  }

  private Setting within(double number, String wish) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "is %s; the policy allows %s to %s".formatted(wish, written(least), written(most)));
    }
    return new Setting(name(), number, wish);
  }

  private Setting oneOf(String wish) {
    if (!wish.equals(value.text()) && !texts.contains(wish)) {
      throw new IllegalArgumentException(
          "is '%s'; the policy allows %s"
              .formatted(wish, String.join(", ", texts.isEmpty() ? List.of(value.text()) : texts)));
    }
    return new Setting(name(), Double.NaN, wish);
  }

  private String written(double number) {
    return sort == Sort.DURATION
        ? GoDuration.format(Duration.ofMillis(Math.round(number * 1000)))
        : plain(number);
  }

  private static double read(String wish, Function<String, Double> reader, String wanted) {
    try {
      return reader.apply(wish);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is '%s', which is no %s".formatted(wish, wanted), e);
    }
  }

  private static Sort sort(SettingSpec spec) {
    boolean text = spec.text() != null;
    boolean duration = !spec.duration().isEmpty();
    if (spec.number() != null && !text && !duration) {
      return Sort.NUMBER;
    }
    if (duration && spec.number() == null && !text) {
      return Sort.DURATION;
    }
    if (text && spec.number() == null && !duration) {
      return Sort.TEXT;
    }
    throw new IllegalArgumentException("needs one value: write number, duration or text");
  }

  private static DeclaredSetting number(SettingSpec spec, @Nullable DeclaredSetting known) {
    double number = spec.number() == null ? 0 : spec.number();
    Setting value = new Setting(spec.name(), number, plain(number));
    return ranged(value, Sort.NUMBER, spec.min(), spec.max(), known);
  }

  private static DeclaredSetting duration(SettingSpec spec, @Nullable DeclaredSetting known) {
    Setting value =
        new Setting(
            spec.name(),
            read(spec.duration(), DeclaredSetting::secondsOf, DURATION),
            spec.duration());
    Double shortest =
        spec.shortest().isEmpty()
            ? null
            : read(spec.shortest(), DeclaredSetting::secondsOf, DURATION);
    Double longest =
        spec.longest().isEmpty()
            ? null
            : read(spec.longest(), DeclaredSetting::secondsOf, DURATION);
    return ranged(value, Sort.DURATION, shortest, longest, known);
  }

  private static DeclaredSetting ranged(
      Setting value,
      Sort sort,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable DeclaredSetting known) {
    double number = value.number();
    double least = min != null ? min : lowest(number, known);
    double most = max != null ? max : highest(number, known);
    var declared = new DeclaredSetting(value, sort, least, most, List.of());
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "is %s, outside its own bounds %s to %s; write a value within them"
              .formatted(value.text(), declared.written(least), declared.written(most)));
    }
    return declared;
  }

  /** The pack's bound, on a side on which the pack lets its own value be changed. */
  private static double lowest(double number, @Nullable DeclaredSetting known) {
    return known != null && known.least < known.value.number()
        ? Math.min(number, known.least)
        : number;
  }

  private static double highest(double number, @Nullable DeclaredSetting known) {
    return known != null && known.most > known.value.number()
        ? Math.max(number, known.most)
        : number;
  }

  private static DeclaredSetting text(SettingSpec spec, @Nullable DeclaredSetting known) {
    String text = spec.text() == null ? "" : spec.text();
    List<String> texts = spec.oneOf().isEmpty() && known != null ? known.texts : spec.oneOf();
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "has %d characters; %d are allowed".formatted(text.length(), LONGEST_TEXT));
    }
    if (!texts.isEmpty() && !texts.contains(text)) {
      throw new IllegalArgumentException(
          "is '%s', which is not among %s".formatted(text, String.join(", ", texts)));
    }
    return new DeclaredSetting(new Setting(spec.name(), Double.NaN, text), Sort.TEXT, 0, 0, texts);
  }

  private static Double numberOf(String text) {
    double number = new BigDecimal(text.strip()).doubleValue();
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }

  private static Double secondsOf(String text) {
    Duration duration = GoDuration.parse(text.strip());
    if (duration.isNegative()) {
      throw new IllegalArgumentException(text);
    }
    return duration.toMillis() / 1000.0;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}

package io.serin.record;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A part of all recordings, so that several processes can share the work.
 *
 * @param index which part, from 0
 * @param of number of parts, at least 1
 */
public record Shard(int index, int of) {

  /** Everything. */
  public static final Shard ALL = new Shard(0, 1);

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** Checks the range. */
  public Shard {
    if (of < 1) {
      throw new IllegalArgumentException(
          "shard %d/%d is one of no parts; write for example 0/4".formatted(index, of));
    }
    if (index < 0 || index >= of) {
      throw new IllegalArgumentException(
          "shard %d/%d does not exist; parts are counted from 0, so write %s"
              .formatted(index, of, of == 1 ? "0/1" : "0/%d to %d/%d".formatted(of, of - 1, of)));
    }
  }

  /**
   * Parses {@code i/n}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Shard parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no shard; write for example 0/4");
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Every n-th file. */
  List<Path> of(List<Path> files) {
    return IntStream.range(0, files.size())
        .filter(i -> i % of == index)
        .mapToObj(files::get)
        .toList();
  }
}

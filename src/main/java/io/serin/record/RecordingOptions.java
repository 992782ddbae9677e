package io.serin.record;

import java.nio.file.Path;

/**
 * How recordings are written.
 *
 * @param directory where the files go; made when it is missing
 * @param gzip a file is compressed when its run has ended
 * @param longestLine bytes of the longest line; longer ones are shortened, or left out when that
 *     does not help
 * @param largestFile bytes of the largest file before compression; later ticks of the run are left
 *     out
 * @param masks what must not get into a file
 */
public record RecordingOptions(
    Path directory, boolean gzip, int longestLine, long largestFile, Masks masks) {

  /** Lines of at most 256 KiB, files of at most 64 MiB, not compressed, default masks. */
  public static RecordingOptions of(Path directory) {
    return new RecordingOptions(directory, false, 256 << 10, 64L << 20, Masks.DEFAULT);
  }

  /** The same, compressed. */
  public RecordingOptions gzipped() {
    return new RecordingOptions(directory, true, longestLine, largestFile, masks);
  }

  /** The same with other masks. */
  public RecordingOptions with(Masks others) {
    return new RecordingOptions(directory, gzip, longestLine, largestFile, others);
  }

  /** The same with other caps, in bytes. */
  public RecordingOptions capped(int line, long file) {
    return new RecordingOptions(directory, gzip, line, file, masks);
  }
}

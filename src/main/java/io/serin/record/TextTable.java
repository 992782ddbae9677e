package io.serin.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligned columns of plain text; the last column is as wide as it likes. */
final class TextTable {

  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... head) {
    rows.add(head);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  String text(String indent) {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append((indent + line(row, widths)).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length - 1; i++) {
      line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 2);
    }
    return line.append(row[row.length - 1]).toString();
  }

  @Override
  public String toString() {
    return Arrays.deepToString(rows.toArray());
  }
}

package io.serin.cli;

import io.serin.api.Unreadable;
import io.serin.record.Comparison;
import io.serin.record.ComparisonText;
import io.serin.record.HtmlReport;
import io.serin.record.Json;
import io.serin.record.Replay;
import io.serin.record.ReplayResult;
import io.serin.record.ReplayText;
import io.serin.record.WhatIf;
import io.serin.record.WhatIfReport;
import io.serin.record.WhatIfText;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How the result of a replay is printed. */
@SuppressWarnings("checkstyle:ConstantName")
enum ReplayOutput {
  text,
  json,
  html;

  /**
   * The result in this form.
   *
   * @param onlyChanges leaves ticks with the same verdict out of a replay's text
   */
  String of(ReplayResult result, boolean onlyChanges) {
    return switch (this) {
      case text -> text(result, onlyChanges);
      case json -> Json.of((Record) result);
      case html -> html(result);
    };
  }

  private static String text(ReplayResult result, boolean onlyChanges) {
    return switch (result) {
      case Replay.Result replay -> ReplayText.of(replay, onlyChanges);
      case Comparison.Result comparison -> ComparisonText.of(comparison);
      case WhatIf.Result simulation -> WhatIfText.of(simulation);
    };
  }

  private static String html(ReplayResult result) {
    return switch (result) {
      case Replay.Result _ ->
          throw new CommandException(
              "-o html is for comparisons and simulations; use -o json for replayed ticks");
      case Comparison.Result comparison -> HtmlReport.of(comparison);
      case WhatIf.Result simulation -> WhatIfReport.of(simulation);
    };
  }

  /** Writes a file that is there as a whole or not at all. */
  static void write(Path file, String text) {
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      if (Files.isDirectory(file)) {
        throw new DirectoryNotEmptyException(file.toString());
      }
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(half, text);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandException(
          "result cannot be written to " + file + ": " + Unreadable.why(e) + "; name another", e);
    }
  }
}

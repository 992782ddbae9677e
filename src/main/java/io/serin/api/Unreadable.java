package io.serin.api;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** Why a file or a text could not be used, in words for one line, without names of classes. */
public final class Unreadable {

  private static final Pattern MARK = Pattern.compile("(?m)^ in .*, line (\\d{1,9}), column");

  private Unreadable() {}

  /** Why a file could not be read or written, such as {@code permission denied}. */
  public static String why(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case DirectoryNotEmptyException _ -> "it is a directory";
      case CharacterCodingException _ -> "it is no UTF-8 text";
      case FileSystemException f when f.getReason() != null -> lowerFirst(f.getReason());
      default -> String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    };
  }

  /** Where a text stops being YAML and why, such as {@code line 2: found character …}. */
  public static String yaml(JacksonException e) {
    List<String> words =
        e.getOriginalMessage()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .toList();
    String why = words.isEmpty() ? "it ends too soon" : words.getLast();
    int line = line(e);
    return line > 0 ? "line " + line + ": " + why : why;
  }

  /** The parser's own last mark, where there is one: the location is that of the token before. */
  private static int line(JacksonException e) {
    Matcher mark = MARK.matcher(e.getOriginalMessage());
    int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
    while (mark.find()) {
      line = Integer.parseInt(mark.group(1));
    }
    return line;
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}

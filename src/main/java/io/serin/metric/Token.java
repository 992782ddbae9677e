package io.serin.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of an action: a name, a quoted text, or anything else.
 *
 * @param text as it is written; the meaning of a quoted text
 */
record Token(Kind kind, String text) {

  enum Kind {
    /** A Go identifier. */
    NAME,
    /** Names joined by dots. */
    PATH,
    TEXT,
    OTHER
  }

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
  private static final Pattern PATH = Pattern.compile(NAME + "(?:\\." + NAME + ")+");
  private static final Pattern BARE = Pattern.compile("[^\\s\"'`]+");

  /** The pieces of an action's body; they are separated by white space in Go. */
  static List<Token> all(String body) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < body.length()) {
      char c = body.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      int end = isQuote(c) ? endOfQuoted(body, at) : endOfBare(body, at);
      String piece = body.substring(at, end);
      tokens.add(isQuote(c) ? quoted(piece) : bare(piece));
      at = end;
    }
    return tokens;
  }

  boolean is(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '`' || c == '\'';
  }

  /** Index after the quoted text that starts here. */
  static int endOfQuoted(String text, int start) {
    char quote = text.charAt(start);
    for (int at = start + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        return at + 1;
      }
      if (c == '\\' && quote != '`') {
        at++;
      }
    }
    throw TemplateException.parsing(
        "unterminated quoted string: " + Action.shown(text.substring(start)));
  }

  private static int endOfBare(String body, int at) {
    Matcher matcher = BARE.matcher(body).region(at, body.length());
    return matcher.lookingAt() ? matcher.end() : at + 1;
  }

  private static Token bare(String piece) {
    if (NAME.matcher(piece).matches()) {
      return new Token(Kind.NAME, piece);
    }
    return new Token(PATH.matcher(piece).matches() ? Kind.PATH : Kind.OTHER, piece);
  }

  /** Go's and JSON's escapes agree where people use them; the others go to Jinjava. */
  private static Token quoted(String piece) {
    String inner = piece.substring(1, piece.length() - 1);
    if (piece.startsWith("`") || (piece.startsWith("\"") && inner.indexOf('\\') < 0)) {
      return new Token(Kind.TEXT, inner);
    }
    if (piece.startsWith("'")) {
      return new Token(Kind.OTHER, piece);
    }
    try {
      return new Token(Kind.TEXT, JsonMapper.shared().readValue(piece, String.class));
    } catch (JacksonException _) {
      return new Token(Kind.OTHER, piece);
    }
  }
}

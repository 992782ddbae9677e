package io.serin.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of Go's template language that queries use: names, {@code variables.key}, {@code index
 * variables "key"}, quoted texts, and {@code printf} and {@code print} of these.
 */
final class PlainActions {
  private PlainActions() {}

  /** The action's value; empty when it is not of the plain kind. */
  static Optional<String> value(List<Token> tokens, Variables variables) {
    Token first = tokens.getFirst();
    if (tokens.size() == 1) {
      return Optional.ofNullable(operand(first, variables));
    }
    List<Token> arguments = tokens.subList(1, tokens.size());
    if (first.is("index") && arguments.size() == 2 && arguments.getFirst().is(Variables.OWN)) {
      return index(arguments.getLast(), variables);
    }
    if (first.is("printf") || first.is("print")) {
      return operands(arguments, variables)
          .map(texts -> first.is("print") ? String.join("", texts) : printf(texts));
    }
    return Optional.empty();
  }

  private static @Nullable String operand(Token token, Variables variables) {
    return switch (token.kind()) {
      case TEXT -> token.text();
      case NAME -> name(token.text(), variables);
      case PATH -> path(token.text(), variables);
      case OTHER -> null;
    };
  }

  private static String name(String name, Variables variables) {
    if (name.equals(Variables.OWN)) {
      return map(variables.own());
    }
    String value = variables.names().get(name);
    if (value == null) {
      throw TemplateException.parsing(
          "function \"%s\" not defined; known are %s"
              .formatted(name, QueryTemplates.known(variables)));
    }
    return value;
  }

  private static @Nullable String path(String path, Variables variables) {
    String key = path.substring(path.indexOf('.') + 1);
    if (!path.startsWith(Variables.OWN + ".") || key.contains(".")) {
      return null;
    }
    String value = variables.own().get(key);
    if (value == null) {
      throw TemplateException.execution(
          "map has no entry for key \"%s\"; add it to templateVariables".formatted(key));
    }
    return value;
  }

  /** A missing key is an empty text here, as in Go. */
  private static Optional<String> index(Token key, Variables variables) {
    return Optional.ofNullable(operand(key, variables))
        .map(name -> variables.own().getOrDefault(name, ""));
  }

  private static Optional<List<String>> operands(List<Token> tokens, Variables variables) {
    List<String> texts = new ArrayList<>();
    for (Token token : tokens) {
      String text = operand(token, variables);
      if (text == null) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return Optional.of(texts);
  }

  /** Go would print its complaints into the query; here a wrong number of operands is an error. */
  private static String printf(List<String> texts) {
    String format = texts.getFirst();
    StringBuilder out = new StringBuilder();
    int next = 1;
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      if (c != '%') {
        out.append(c);
        continue;
      }
      char verb = ++at < format.length() ? format.charAt(at) : ' ';
      if (verb != '%' && ((verb != 's' && verb != 'v') || next == texts.size())) {
        throw wrongFormat(format);
      }
      out.append(verb == '%' ? "%" : texts.get(next++));
    }
    if (next != texts.size()) {
      throw wrongFormat(format);
    }
    return out.toString();
  }

  private static TemplateException wrongFormat(String format) {
    return TemplateException.execution(
        "printf \"%s\" does not fit its operands; use %%s or %%v once for each".formatted(format));
  }

  private static String map(Map<String, String> own) {
    return new TreeMap<>(own)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(" ", "map[", "]"));
  }
}

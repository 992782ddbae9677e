package io.serin.cli;

/** How a result is printed. */
@SuppressWarnings("checkstyle:ConstantName")
enum TextOrJson {
  text,
  json
}

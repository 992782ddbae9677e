package io.serin.cli;

import picocli.CommandLine.Option;

/** How a result is printed. */
@SuppressWarnings("checkstyle:ConstantName")
enum TextOrJson {
  text,
  json;

  /** The option of commands that print either. */
  static final class Flag {

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FORMAT",
        defaultValue = "text",
        description = "text or json. Default: ${DEFAULT-VALUE}.")
    private TextOrJson chosen = text;

    TextOrJson chosen() {
      return chosen;
    }
  }
}

package io.serin.metric;

/** Why a query template does not render, with Flagger's prefix. */
final class TemplateException extends RuntimeException {
  private TemplateException(String message) {
    super(message);
  }

  /** The text is no template. */
  static TemplateException parsing(String reason) {
    return new TemplateException("template parsing failed: " + reason);
  }

  /** The template asks for what is not there. The spelling is Flagger's. */
  static TemplateException execution(String reason) {
    return new TemplateException("template excution failed: " + reason);
  }
}

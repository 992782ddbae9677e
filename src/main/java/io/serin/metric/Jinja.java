package io.serin.metric;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.tree.parse.DefaultTokenScannerSymbols;
import io.serin.http.OneLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expressions beyond Go's plain kind, such as filters. A convenience that Flagger does not have;
 * whatever Jinjava is not sure of is an error.
 */
final class Jinja {
  private static final int LONGEST = 64 * 1024;

  /** Jinjava would subtract where the author means a key with a dash; Go refuses it too. */
  private static final Pattern DASHED = Pattern.compile(".*-(?!\\d).*|.*[\\p{L}_)\\]]\\w*-.*");

  private @Nullable Jinjava jinjava;

  String value(String body, List<Token> tokens, Variables variables) {
    String action = "{{ " + body + " }}";
    if (tokens.stream().anyMatch(Jinja::isDashed)) {
      throw TemplateException.parsing(
          "bad character '-' in %s; write {{ index variables \"key-with-dash\" }}"
              .formatted(Action.shown(action)));
    }
    RenderResult result = jinjava().renderForResult(action, context(variables));
    if (!result.getErrors().isEmpty()) {
      String reason = OneLine.of(result.getErrors().getFirst().getMessage());
      throw TemplateException.parsing(Action.shown(action) + ": " + reason);
    }
    return result.getOutput();
  }

  private static boolean isDashed(Token token) {
    return token.kind() == Token.Kind.OTHER
        && !Token.isQuote(token.text().charAt(0))
        && DASHED.matcher(token.text()).matches();
  }

  private static Map<String, Object> context(Variables variables) {
    Map<String, Object> context = new LinkedHashMap<>(variables.names());
    context.put(Variables.OWN, new LinkedHashMap<>(variables.own()));
    return context;
  }

  /** Made when first needed: it takes a noticeable part of a second, and most never need it. */
  private synchronized Jinjava jinjava() {
    if (jinjava == null) {
      jinjava = new Jinjava(config());
    }
    return jinjava;
  }

  private static JinjavaConfig config() {
    return JinjavaConfig.newBuilder()
        .withFailOnUnknownTokens(true)
        .withNestedInterpretationEnabled(false)
        .withTokenScannerSymbols(new ExpressionsOnly())
        .withMaxOutputSize(LONGEST)
        .withMaxStringLength(LONGEST)
        .withMaxListSize(1000)
        .withMaxMapSize(1000)
        .withRangeLimit(1000)
        .withMaxRenderDepth(10)
        .build();
  }

  /** Tags and comments begin with characters that no action may hold. */
  private static final class ExpressionsOnly extends DefaultTokenScannerSymbols {
    private static final long serialVersionUID = 1L;

    @Override
    public char getNoteChar() {
      return '\u0001';
    }

    @Override
    public char getTagChar() {
      return '\u0002';
    }
  }
}

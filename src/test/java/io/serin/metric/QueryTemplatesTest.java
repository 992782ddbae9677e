package io.serin.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryTemplatesTest {
  private static final Variables VARIABLES =
      new Variables(
          Map.of(
              "name", "podinfo",
              "namespace", "test",
              "target", "podinfo",
              "service", "web",
              "ingress", "in",
              "route", "ro",
              "interval", "1m"),
          Map.of(
              "key", "value",
              "a-b", "dashed",
              "true", "reserved",
              "empty", "",
              "evil", "{{ namespace }}",
              "evilTag", "{% raw %}x"));

  private final QueryTemplates templates = new QueryTemplates();

  static Stream<Arguments> rendered() {
    return Stream.of(
        argumentSet("plain name", "{{ namespace }}", "test"),
        argumentSet("without blanks", "{{namespace}}", "test"),
        argumentSet("across lines", "{{\n  namespace\n}}", "test"),
        argumentSet(
            "every name",
            all("name target service ingress route interval"),
            "podinfo podinfo web in ro 1m"),
        argumentSet("variable", "{{ variables.key }}", "value"),
        argumentSet("empty variable", "[{{ variables.empty }}]", "[]"),
        argumentSet("reserved word as key", "{{ variables.true }}", "reserved"),
        argumentSet("index", "{{ index variables \"a-b\" }}", "dashed"),
        argumentSet("index of a missing key", "[{{ index variables \"nope\" }}]", "[]"),
        argumentSet("bracket access", "{{ variables['a-b'] }}", "dashed"),
        argumentSet("the whole map", "{{ variables }}", "map[a:1 b:2]"),
        argumentSet("trim left", "a \n {{- name }} b", "apodinfo b"),
        argumentSet("trim right", "a {{ name -}} \n b", "a podinfob"),
        argumentSet("trim both", "a {{- name -}} b", "apodinfob"),
        argumentSet("trim between two actions", "{{ name -}}  {{- target }}", "podinfopodinfo"),
        argumentSet("comment", "a{{/* {{ text }} */}}b", "ab"),
        argumentSet("trimming comment", "a {{- /* text */ -}} b", "ab"),
        argumentSet("quoted text", "{{ \"a }} \\\"b\\\" \\t\" }}", "a }} \"b\" \t"),
        argumentSet("back-quoted text", "{{ `a\\d\"` }}", "a\\d\""),
        argumentSet("printf", "{{ printf \"%s-%v%%\" namespace variables.key }}", "test-value%"),
        argumentSet("print", "{{ print namespace \"/\" target }}", "test/podinfo"),
        argumentSet("tags and notes are text", "a{% if %}{# b { c }", "a{% if %}{# b { c }"),
        argumentSet(
            "promql",
            "sum(rate(x{a=~\"\\\\d+\",b=\"{{ target }}\"}[{{ interval }}]))",
            "sum(rate(x{a=~\"\\\\d+\",b=\"podinfo\"}[1m]))"),
        argumentSet("braces around", "{ {{ name }} }", "{ podinfo }"),
        argumentSet("lonely end", "a }} b", "a }} b"),
        argumentSet("final newline", "{{ name }}\n", "podinfo\n"),
        argumentSet(
            "values are not evaluated",
            "{{ variables.evil }}{{ variables.evilTag }}",
            "{{ namespace }}{% raw %}x"),
        argumentSet(
            "filters keep values unevaluated", "{{ variables.evil|trim }}", "{{ namespace }}"),
        argumentSet("filter", "{{ name|upper }}", "PODINFO"),
        argumentSet("concatenation", "{{ name ~ '-x' }}", "podinfo-x"));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        argumentSet(
            "unknown name", "{{ foo }}", "template parsing failed: function \"foo\" not defined"),
        argumentSet(
            "missing key",
            "{{ variables.nope }}",
            "template excution failed: map has no entry for key \"nope\""),
        argumentSet(
            "dash in a key", "{{ variables.a-b }}", "template parsing failed: bad character '-'"),
        argumentSet(
            "dash after a name", "{{ name-}}", "template parsing failed: bad character '-'"),
        argumentSet(
            "dash before a name", "{{-name }}", "template parsing failed: bad character '-'"),
        argumentSet("minus", "{{ name - target }}", "template parsing failed: bad character '-'"),
        argumentSet(
            "Helm's names", "{{ .Namespace }}", "template parsing failed: {{ .Namespace }}"),
        argumentSet(
            "fields of names", "{{ name.class }}", "template parsing failed: {{ name.class }}"),
        argumentSet(
            "unknown field in a filter",
            "{{ foo|upper }}",
            "template parsing failed: {{ foo|upper }}"),
        argumentSet("unclosed", "{{ name", "template parsing failed: unclosed action: {{ name"),
        argumentSet(
            "unclosed by one brace",
            "{{ name }",
            "template parsing failed: unclosed action: {{ name }"),
        argumentSet(
            "unclosed comment", "{{/* name }}", "template parsing failed: unclosed comment"),
        argumentSet(
            "comment with blanks", "{{ /* name */ }}", "template parsing failed: {{ /* name */ }}"),
        argumentSet(
            "unclosed text", "{{ \"name }}", "template parsing failed: unterminated quoted string"),
        argumentSet("empty", "{{ }}", "template parsing failed: missing value for command"),
        argumentSet(
            "three braces", "{{{ name }}}", "template parsing failed: unexpected character"),
        argumentSet(
            "if",
            "{{ if eq name \"x\" }}a{{ end }}",
            "template parsing failed: {{ if eq name \"x\" }}"),
        argumentSet(
            "pipeline",
            "{{ name | printf \"%s\" }}",
            "template parsing failed: {{ name | printf \"%s\" }}"),
        argumentSet(
            "too few operands", "{{ printf \"%s%s\" name }}", "template excution failed: printf"),
        argumentSet(
            "too many operands", "{{ printf \"x\" name }}", "template excution failed: printf"),
        argumentSet(
            "control characters",
            "{{ 'a' \u0002 }}",
            "template parsing failed: unexpected character"));
  }

  @ParameterizedTest
  @MethodSource
  void rendered(String template, String query) {
    Variables variables =
        query.startsWith("map[")
            ? new Variables(VARIABLES.names(), Map.of("b", "2", "a", "1"))
            : VARIABLES;
    assertThat(templates.render(template, variables)).isEqualTo(query);
  }

  @ParameterizedTest
  @MethodSource
  void refused(String template, String start) {
    assertThatThrownBy(() -> templates.render(template, VARIABLES))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(start)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anUnknownNameListsTheKnown() {
    assertThatThrownBy(() -> templates.render("{{ foo }}", VARIABLES))
        .hasMessageContaining("namespace")
        .hasMessageContaining("variables");
  }

  @Test
  void anExpressionCannotGrowWithoutLimit() {
    String bomb =
        "{{ range(100000000)|join('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')|length }}";
    assertThat(templates.render(bomb, VARIABLES).length()).isLessThan(10);
  }

  @Property(tries = 200)
  void textWithoutActionsStaysAsItIs(@ForAll String text) {
    String plain = text.replace("{{", "{ {");
    assertThat(templates.render(plain, VARIABLES)).isEqualTo(plain);
  }

  @Property(tries = 200)
  void aValueIsInsertedAsItIs(@ForAll String value) {
    Variables own = new Variables(VARIABLES.names(), Map.of("key", value));
    assertThat(templates.render("a{{ variables.key }}b", own)).isEqualTo("a" + value + "b");
  }

  @Property(tries = 300)
  void anyTextRendersOrIsRefused(@ForAll String inner) {
    try {
      templates.render("{{" + inner + "}}", VARIABLES);
    } catch (TemplateException e) {
      assertThat(e).hasMessageStartingWith("template ");
    }
  }

  private static String all(String names) {
    return Stream.of(names.split(" "))
        .map(n -> "{{ " + n + " }}")
        .reduce((a, b) -> a + " " + b)
        .orElseThrow();
  }
}

package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.nodeTypes.NodeWithJavadoc;
import com.github.javaparser.javadoc.Javadoc;
import com.github.javaparser.javadoc.JavadocBlockTag;
import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Printer;
import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import io.serin.policy.profile.Type;
import io.serin.policy.profile.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page about the vocabulary is what the code says. Regenerate it with {@code ./mvnw test
 * -Dtest=VocabularyDocTest -Dserin.docs.write=true}.
 */
class VocabularyDocTest {

  private static final Path PAGE = Path.of("docs/policy/vocabulary.md");
  private static final Path SOURCES = Path.of("src/main/java/io/serin");

  private final List<Rule> rules = Profile.read(PolicySource.of(Path.of("rules/default"))).rules();

  @Test
  void thePageIsUpToDate() throws IOException {
    String page = page();
    if (Boolean.getBoolean("serin.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).as("run with -Dserin.docs.write=true").isEqualTo(page);
  }

  private String page() throws IOException {
    StringBuilder out = new StringBuilder();
    out.append("# The vocabulary of rules\n\n")
        .append("Version 1. Generated from the code. A name is added freely, renamed never.\n\n")
        .append(
            "Weights are percent, 0 to 100. Times are seconds unless a name says otherwise. A fact"
                + " that is absent means \"not known\", never \"no\".\n\n## Facts\n");
    for (Class<?> fact : Vocabulary.FACTS) {
      fact(fact, out);
    }
    out.append("\n## Constants\n\n| name | constants |\n|---|---|\n");
    Vocabulary.choices()
        .forEach((name, type) -> out.append("| `%s` | %s |\n".formatted(name, constants(type))));
    verbs(out);
    return out.toString();
  }

  private void fact(Class<?> fact, StringBuilder out) throws IOException {
    CompilationUnit unit = parse(SOURCES.resolve("fact/" + fact.getSimpleName() + ".java"));
    RecordDeclaration record = unit.getRecordByName(fact.getSimpleName()).orElseThrow();
    Javadoc doc = record.getJavadoc().orElseThrow();
    out.append("\n### ").append(fact.getSimpleName()).append("\n\n");
    out.append(plain(doc.getDescription().toText())).append("\n\n");
    out.append("| attribute | type | meaning |\n|---|---|---|\n");
    for (Attribute a : Vocabulary.attributes(fact).values()) {
      String meaning = a.component() ? param(doc, a.name()) : derived(record, a.name());
      out.append("| `%s` | %s | %s |\n".formatted(a.name(), type(a.type()), meaning));
    }
    example(fact).ifPresent(e -> out.append("\nExample: `").append(e).append("`\n"));
  }

  private Optional<String> example(Class<?> fact) {
    return rules.stream()
        .flatMap(r -> Reads.patterns(r).stream())
        .filter(p -> p.fact() == fact && !p.constraints().isEmpty())
        .map(Printer::print)
        .filter(e -> !e.contains("|") && e.length() < 90)
        .findFirst();
  }

  private void verbs(StringBuilder out) throws IOException {
    CompilationUnit decide = parse(SOURCES.resolve("policy/Decide.java"));
    CompilationUnit verdict = parse(SOURCES.resolve("fact/Verdict.java"));
    Map<String, String> docs = new TreeMap<>();
    verdict
        .findAll(RecordDeclaration.class)
        .forEach(r -> docs.put(r.getNameAsString().toLowerCase(Locale.ROOT), description(r)));
    out.append("\n## Verbs\n\nThe most careful proposal wins; the first level here is that.\n\n")
        .append("| verb | caution | meaning |\n|---|---|---|\n");
    List<Vocabulary.Verb> verbs =
        Vocabulary.allVerbs().stream()
            .sorted(
                java.util.Comparator.comparing(
                    v -> v.asks() ? -1 : Vocabulary.caution(v).ordinal()))
            .toList();
    for (Vocabulary.Verb verb : verbs) {
      MethodDeclaration method =
          decide.getClassByName("Decide").orElseThrow().getMethodsByName(verb.name()).getFirst();
      String signature =
          method.getParameters().stream()
              .map(p -> p.getTypeAsString() + " " + p.getNameAsString())
              .collect(Collectors.joining(", "));
      String meaning =
          verb.asks()
              ? description(method)
              : docs.getOrDefault(verb.name().toLowerCase(Locale.ROOT), description(method));
      String caution =
          verb.asks() ? "asks" : Vocabulary.caution(verb).name().toLowerCase(Locale.ROOT);
      out.append(
          "| `decide.%s(%s)` | %s | %s |\n".formatted(verb.name(), signature, caution, meaning));
    }
  }

  private static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(c -> "`" + ((Enum<?>) c).name() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String type(Type type) {
    return type.words()
        + (type.nullable() && !type.words().contains("absent") ? " that may be absent" : "");
  }

  private static String param(Javadoc doc, String name) {
    return doc.getBlockTags().stream()
        .filter(t -> t.getType() == JavadocBlockTag.Type.PARAM)
        .filter(t -> t.getName().orElse("").equals(name))
        .map(t -> plain(t.getContent().toText()))
        .findFirst()
        .orElse("");
  }

  private static String derived(RecordDeclaration record, String name) {
    return record.getMethodsByName(name).stream()
        .findFirst()
        .map(VocabularyDocTest::description)
        .orElse("");
  }

  private static String description(NodeWithJavadoc<?> node) {
    return node.getJavadoc().map(d -> plain(d.getDescription().toText())).orElse("");
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@(?:code|link) (?:[^}]*[.#])?([^}]*)}", "`$1`")
        .replaceAll("</?p>", "")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }

  private static CompilationUnit parse(Path file) throws IOException {
    var parser =
        new JavaParser(
            new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.BLEEDING_EDGE));
    return parser.parse(file).getResult().orElseThrow();
  }
}

package io.serin.policy.profile;

import io.serin.policy.DrlFile;
import io.serin.policy.PolicySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * A policy as the profile sees it: its rules as checked trees, and what was refused. Nothing of it
 * was compiled or executed.
 *
 * @param rules the rules within the profile, in the order of the files
 * @param findings what is outside it; empty when the policy may be compiled
 */
public record Profile(List<Rule> rules, List<Finding> findings) {

  /** Copies the lists. */
  public Profile {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
  }

  /** Reads a policy; never throws for what stands in it. */
  public static Profile read(PolicySource source) {
    List<Rule> rules = new ArrayList<>();
    List<Finding> findings = new ArrayList<>(size(source));
    if (findings.isEmpty()) {
      for (DrlFile file : source.files()) {
        new FileReader(file, rules, findings).read();
      }
      if (rules.size() > ProfileLimits.RULES) {
        findings.add(
            error(
                rules.getLast().file(),
                rules.getLast().line(),
                "the policy has %d rules; at most %d are allowed"
                    .formatted(rules.size(), ProfileLimits.RULES)));
      }
      duplicates(rules, findings);
    }
    if (rules.isEmpty() && findings.isEmpty()) {
      findings.add(
          error(
              source.files().isEmpty() ? "policy" : source.files().getFirst().name(),
              1,
              "the policy holds no rules; add at least one"));
    }
    return new Profile(rules, findings);
  }

  /** What the compiler gets for one file. */
  public String printed(String file) {
    return Printer.print(rules.stream().filter(r -> r.file().equals(file)).toList());
  }

  private static List<Finding> size(PolicySource source) {
    List<Finding> findings = new ArrayList<>();
    long characters = source.files().stream().mapToLong(f -> f.text().length()).sum();
    String first = source.files().isEmpty() ? "policy" : source.files().getFirst().name();
    if (source.files().size() > ProfileLimits.FILES) {
      findings.add(
          error(
              first,
              1,
              "the policy has %d files; at most %d are allowed"
                  .formatted(source.files().size(), ProfileLimits.FILES)));
    }
    if (characters > ProfileLimits.CHARACTERS) {
      findings.add(
          error(
              first,
              1,
              "the policy has %d characters; at most %d are allowed"
                  .formatted(characters, ProfileLimits.CHARACTERS)));
    }
    for (DrlFile file : source.files()) {
      if (!file.name()
          .matches("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*\\.drl")) {
        findings.add(
            error(
                ExprReader.brief(file.name()),
                1,
                "a policy file is named with letters, digits, '.', '_' and '-' and ends with"
                    + " .drl"));
      }
    }
    return findings;
  }

  private static void duplicates(List<Rule> rules, List<Finding> findings) {
    Map<String, Rule> seen = new HashMap<>();
    for (Rule rule : rules) {
      Rule first = seen.putIfAbsent(rule.name(), rule);
      if (first != null) {
        findings.add(
            error(
                rule.file(),
                rule.line(),
                "rule '%s' also stands in %s:%d; choose another name"
                    .formatted(rule.name(), first.file(), first.line())));
      }
    }
  }

  private static Finding error(String file, int line, String message) {
    return new Finding(file, Math.max(1, line), Severity.ERROR, message);
  }

  /** Reads one file into the rules and findings of the policy. */
  private record FileReader(DrlFile file, List<Rule> rules, List<Finding> findings) {

    void read() {
      Optional<Refused> characters = Text.problem(file.text());
      if (characters.isPresent()) {
        refuse(characters.get());
        return;
      }
      PackageDescr parsed = parse();
      if (parsed != null && declaresNothing(parsed)) {
        RuleReader reader = new RuleReader(file.name(), file.text());
        parsed.getRules().forEach(rule -> read(reader, rule));
      }
    }

    private void read(RuleReader reader, RuleDescr rule) {
      try {
        rules.add(reader.read(rule));
      } catch (Refused e) {
        findings.add(
            error(
                file.name(),
                e.line(),
                "rule '" + ExprReader.brief(String.valueOf(rule.getName())) + "': " + e.reason()));
      }
    }

    private void refuse(Refused e) {
      findings.add(error(file.name(), e.line(), e.reason()));
    }

    /** Null when the file cannot be parsed. */
    private @Nullable PackageDescr parse() {
      DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
      try {
        PackageDescr parsed = parser.parse(false, file.text());
        if (parsed != null && !parser.hasErrors()) {
          return parsed;
        }
        for (DroolsError e : parser.getErrors()) {
          findings.add(
              error(
                  file.name(),
                  e.getLines().length > 0 ? e.getLines()[0] : 1,
                  "is not DRL: " + ExprReader.brief(plain(String.valueOf(e.getMessage())))));
        }
        if (parser.getErrors().isEmpty()) {
          findings.add(error(file.name(), 1, "is not DRL"));
        }
      } catch (StackOverflowError e) {
        findings.add(error(file.name(), 1, "is nested too deeply to be read; simplify its rules"));
      } catch (DroolsParserException | RuntimeException e) {
        findings.add(
            error(
                file.name(), 1, "is not DRL: " + ExprReader.brief(String.valueOf(e.getMessage()))));
      }
      return null;
    }

    /** Without the parser's own number and the place, which the finding has. */
    private static String plain(String message) {
      return message.replaceFirst("^\\[ERR \\d+] Line \\d+:\\d+ ", "");
    }

    private boolean declaresNothing(PackageDescr p) {
      int before = findings.size();
      if (p.getName() != null && !p.getName().isEmpty()) {
        refuse(new Refused(p.getLine(), "'package' is not allowed; a policy has no package"));
      }
      if (p.getUnit() != null) {
        refuse(new Refused(1, "'unit' is not allowed in a policy"));
      }
      all(p.getImports(), "'import' is not allowed; every fact is known by its name");
      all(p.getFunctionImports(), "'import static' and 'import function' are not allowed");
      all(p.getAccumulateImports(), "'import accumulate' is not allowed");
      all(p.getGlobals(), "'global' is not allowed; rules speak through decide only");
      all(p.getAttributes(), "attributes of a whole file are not allowed");
      all(p.getFunctions(), "functions are not allowed in a policy");
      all(p.getTypeDeclarations(), "'declare' is not allowed in a policy");
      all(p.getEnumDeclarations(), "'declare enum' is not allowed in a policy");
      all(p.getEntryPointDeclarations(), "'declare entry-point' is not allowed in a policy");
      all(p.getWindowDeclarations(), "'declare window' is not allowed in a policy");
      return findings.size() == before;
    }

    private void all(Iterable<? extends BaseDescr> descrs, String reason) {
      descrs.forEach(d -> refuse(new Refused(d.getLine(), reason)));
    }
  }
}

package io.serin.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.MemoryKieModule;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Compiles DRL to byte code with Drools' executable model. Takes seconds and much heap for large
 * policies, so it runs when Serin is built or off the tick path, never within a tick.
 */
public final class PolicyCompiler {

  /**
   * Stands before the first line of each file, on the same line, so that line numbers stay the
   * author's.
   */
  private static final String PRELUDE =
      "package serin.rules; import io.serin.fact.*; import io.serin.fact.Metric.Outcome; import"
          + " io.serin.fact.Problem.Kind; import io.serin.fact.Workload.Role; import"
          + " io.serin.api.Phase; import io.serin.api.Strategy; import io.serin.api.WebhookType;"
          + " import java.time.DayOfWeek; global io.serin.policy.Decide decide; ";

  private static final Pattern ASKS =
      Pattern.compile("\\bdecide\\s*\\.\\s*(call|measure|probe)\\s*\\(");
  private static final Pattern VERB = Pattern.compile("\\bdecide\\s*\\.\\s*\\w+\\s*\\(");

  private PolicyCompiler() {}

  /**
   * Compiles a policy.
   *
   * @throws PolicyException when the rules do not compile or a rule both asks and proposes
   */
  public static CompiledPolicy compile(PolicySource source) {
    List<RuleInfo> rules = source.files().stream().flatMap(f -> rulesOf(f).stream()).toList();
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    for (DrlFile file : source.files()) {
      files.write("src/main/resources/serin/rules/" + file.name(), PRELUDE + file.text());
    }
    KieBuilder builder = services.newKieBuilder(files);
    builder.buildAll(ExecutableModelProject.class);
    List<String> errors =
        builder.getResults().getMessages(Message.Level.ERROR).stream()
            .map(PolicyCompiler::line)
            .toList();
    if (!errors.isEmpty()) {
      throw new PolicyException(errors);
    }
    return new CompiledPolicy(source.digest(), rules, classes(builder));
  }

  private static List<RuleInfo> rulesOf(DrlFile file) {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    PackageDescr parsed;
    try {
      parsed = parser.parse(false, PRELUDE + file.text());
    } catch (DroolsParserException e) {
      throw new PolicyException(List.of(file.name() + ": " + e.getMessage()));
    }
    if (parser.hasErrors() || parsed == null) {
      throw new PolicyException(
          parser.getErrors().stream()
              .map(e -> file.name() + ": " + oneLine(e.getMessage()))
              .toList());
    }
    List<RuleInfo> rules = new ArrayList<>();
    for (RuleDescr rule : parsed.getRules()) {
      rules.add(info(file, rule));
    }
    return rules;
  }

  private static RuleInfo info(DrlFile file, RuleDescr rule) {
    String consequence = String.valueOf(rule.getConsequence());
    long asks = ASKS.matcher(consequence).results().count();
    if (asks > 0 && asks < VERB.matcher(consequence).results().count()) {
      throw new PolicyException(
          List.of(
              "%s:%d: rule '%s' both asks and proposes; make it two rules"
                  .formatted(file.name(), rule.getLine(), rule.getName())));
    }
    return new RuleInfo(rule.getName(), file.name(), rule.getLine(), asks > 0);
  }

  private static Map<String, byte[]> classes(KieBuilder builder) {
    InternalKieModule module = (InternalKieModule) builder.getKieModule();
    if (module instanceof CanonicalKieModule canonical) {
      module = canonical.getInternalKieModule();
    }
    var files = ((MemoryKieModule) module).getMemoryFileSystem();
    Map<String, byte[]> classes = new HashMap<>();
    for (var path : files.getFilePaths()) {
      String name = path.asString();
      if (name.startsWith("serin/rules/") && name.endsWith(".class")) {
        classes.put(name.substring(0, name.length() - 6).replace('/', '.'), files.getBytes(path));
      }
    }
    return classes;
  }

  private static String line(Message message) {
    String path = String.valueOf(message.getPath());
    return "%s:%d: %s"
        .formatted(
            path.substring(path.lastIndexOf('/') + 1),
            message.getLine(),
            oneLine(message.getText()));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}

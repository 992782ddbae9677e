package io.serin.policy;

import io.serin.policy.profile.Finding;
import io.serin.policy.profile.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.MemoryKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;

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

  private static final String FOLDER = "src/main/resources/serin/rules/";

  /** Stands for a slash in the names that the compiler sees; no policy file has it. */
  private static final char SLASH = '!';

  private PolicyCompiler() {}

  /**
   * Compiles a policy. What the compiler sees is printed from the checked trees of the restricted
   * profile, so nothing that the profile refuses is ever compiled.
   *
   * @throws PolicyException when the policy leaves the profile or does not compile
   */
  public static CompiledPolicy compile(PolicySource source) {
    Profile profile = Profile.read(source);
    if (!profile.findings().isEmpty()) {
      throw new PolicyException(profile.findings().stream().map(Finding::toString).toList());
    }
    List<String> undeclared = source.settings().undeclared(profile.rules());
    if (!undeclared.isEmpty()) {
      throw new PolicyException(undeclared);
    }
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    for (DrlFile file : source.files()) {
      files.write(FOLDER + flat(file.name()), PRELUDE + profile.printed(file.name()));
    }
    KieBuilder builder = services.newKieBuilder(files);
    try {
      builder.buildAll(ExecutableModelProject.class);
    } catch (RuntimeException | StackOverflowError e) {
      throw new PolicyException(
          List.of("policy: the rule compiler cannot cope with it (" + e + "); simplify its rules"));
    }
    List<String> errors =
        builder.getResults().getMessages(Message.Level.ERROR).stream()
            .map(PolicyCompiler::line)
            .toList();
    if (!errors.isEmpty()) {
      throw new PolicyException(errors);
    }
    return new CompiledPolicy(
        source,
        source.digest(),
        profile.rules().stream().map(RuleInfo::of).toList(),
        classes(builder));
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

  /** The compiler wants the files of a package in one folder. */
  private static String flat(String file) {
    return file.replace('/', SLASH);
  }

  private static String line(Message message) {
    String path = String.valueOf(message.getPath());
    return "%s:%d: %s"
        .formatted(
            path.substring(path.lastIndexOf('/') + 1).replace(SLASH, '/'),
            message.getLine(),
            oneLine(message.getText()));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}

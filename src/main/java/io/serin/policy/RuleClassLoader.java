package io.serin.policy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads the classes of one policy and hands them nothing but what compiled rules need: the
 * vocabulary, the verbs, the executable model's own library and a short list of JDK classes. The
 * second wall behind the restricted profile: a rule that got past that still finds no file, socket,
 * process, thread or reflection here.
 */
final class RuleClassLoader extends ClassLoader {

  private static final Set<String> JDK =
      Set.of(
          "java.lang.Object",
          "java.lang.String",
          "java.lang.CharSequence",
          "java.lang.Boolean",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Double",
          "java.lang.Number",
          "java.lang.Enum",
          "java.lang.Comparable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Throwable",
          "java.lang.Class",
          "java.lang.invoke.LambdaMetafactory",
          "java.lang.invoke.MethodHandles",
          "java.lang.invoke.MethodHandles$Lookup",
          "java.lang.invoke.CallSite",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.MethodType",
          "java.lang.invoke.StringConcatFactory",
          "java.io.Serializable",
          "java.util.List",
          "java.util.ArrayList",
          "java.util.Arrays",
          "java.util.Collection",
          "java.util.Collections",
          "java.util.Locale",
          "java.util.function.Supplier",
          "java.time.DayOfWeek",
          "java.time.format.DateTimeFormatter",
          "java.time.format.DateTimeFormatterBuilder");

  /** The library of the executable model, class by class; arity suffixes are digits. */
  private static final java.util.regex.Pattern LIBRARY =
      java.util.regex.Pattern.compile(
          "io\\.serin\\.fact\\.[A-Za-z$]+|io\\.serin\\.api\\.(Phase|Strategy|WebhookType|WireName)"
              + "|io\\.serin\\.policy\\.Decide|org\\.kie\\.api\\.runtime\\.rule\\.RuleContext"
              + "|org\\.drools\\.model\\.[A-Z][A-Za-z$]*"
              + "|org\\.drools\\.model\\.consequences\\.ConsequenceBuilder(\\$_?[A-Za-z0-9]+)?"
              + "|org\\.drools\\.model\\.functions\\.(Block|Function|Predicate)[0-9N]+(\\$[A-Za-z]+)?"
              + "|org\\.drools\\.model\\.functions\\.(HashedExpression|PredicateInformation|IntrospectableLambda)"
              + "|org\\.drools\\.model\\.functions\\.accumulate\\.AccumulateFunction"
              + "|org\\.drools\\.model\\.impl\\.(RuleBuilder|ViewBuilder)"
              + "|org\\.drools\\.model\\.view\\.[A-Z][A-Za-z]*"
              + "|org\\.drools\\.modelcompiler\\.dsl\\.pattern\\.D"
              + "|org\\.drools\\.modelcompiler\\.util\\.EvaluationUtil"
              + "|org\\.drools\\.core\\.base\\.accumulators\\.[A-Za-z]*(Average|Count|Max|Min|Sum)AccumulateFunction"
              + "|org\\.drools\\.util\\.DateUtils");

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;

  RuleClassLoader(Map<String, byte[]> classes) {
    super("serin-policy", RuleClassLoader.class.getClassLoader());
    this.classes = classes;
  }

  Set<String> names() {
    return new TreeSet<>(classes.keySet());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      byte[] code = classes.get(name);
      if (code != null) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineClass(name, code, 0, code.length);
      }
    }
    if (lends(name)) {
      return super.loadClass(name, resolve);
    }
    throw new ClassNotFoundException(name + " is not among the classes that rules may use");
  }

  /** Rules may have that class. */
  static boolean lends(String name) {
    return JDK.contains(name) || LIBRARY.matcher(name).matches();
  }
}

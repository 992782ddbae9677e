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
          "java.lang.StringBuilder",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Character",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Number",
          "java.lang.Math",
          "java.lang.Enum",
          "java.lang.Record",
          "java.lang.Comparable",
          "java.lang.Iterable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Throwable",
          "java.lang.Override",
          "java.lang.Class",
          "java.lang.invoke.LambdaMetafactory",
          "java.lang.invoke.SerializedLambda",
          "java.lang.invoke.MethodHandles",
          "java.lang.invoke.MethodHandles$Lookup",
          "java.lang.invoke.CallSite",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.MethodType",
          "java.lang.invoke.StringConcatFactory",
          "java.lang.NoSuchFieldError",
          "java.io.Serializable",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.List",
          "java.util.ArrayList",
          "java.util.Arrays",
          "java.util.Collection",
          "java.util.Collections",
          "java.util.Objects",
          "java.util.Locale",
          "java.util.concurrent.Callable",
          "java.util.function.Supplier",
          "java.time.DayOfWeek",
          "java.time.format.DateTimeFormatter",
          "java.time.format.DateTimeFormatterBuilder");

  private static final Set<String> LIBRARY_PREFIXES =
      Set.of(
          "org.drools.model.",
          "org.drools.modelcompiler.dsl.",
          "org.drools.modelcompiler.util.",
          "org.drools.core.base.accumulators.",
          "org.drools.util.DateUtils",
          "io.serin.fact.",
          "io.serin.api.Phase",
          "io.serin.api.Strategy",
          "io.serin.api.WebhookType");

  private static final Set<String> LIBRARY =
      Set.of("io.serin.policy.Decide", "org.kie.api.runtime.rule.RuleContext");

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
    if (JDK.contains(name) || LIBRARY.contains(name) || isLibrary(name)) {
      return super.loadClass(name, resolve);
    }
    throw new ClassNotFoundException(name + " is not among the classes that rules may use");
  }

  private static boolean isLibrary(String name) {
    return LIBRARY_PREFIXES.stream().anyMatch(name::startsWith);
  }
}

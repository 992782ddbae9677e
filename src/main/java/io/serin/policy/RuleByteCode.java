package io.serin.policy;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Looks into the class files of a policy before they are defined: every class and every member that
 * a constant pool names must be one that compiled rules need. A class that a class loader hands out
 * for one harmless method (such as {@code Class} or {@code MethodHandles.Lookup}, which lambdas are
 * linked with) cannot be used for another one.
 */
final class RuleByteCode {

  private static final String OWN = "serin/rules/";

  /** Members of the JDK, by owner; an owner that is not here has none. */
  private static final Map<String, Set<String>> JDK =
      Map.ofEntries(
          Map.entry("java/lang/Object", Set.of("<init>")),
          Map.entry("java/lang/Enum", Set.of("<init>", "valueOf")),
          Map.entry("java/lang/RuntimeException", Set.of("<init>")),
          Map.entry(
              "java/lang/String",
              Set.of("equals", "hashCode", "valueOf", "startsWith", "endsWith", "contains")),
          Map.entry("java/lang/Boolean", Set.of("TYPE", "valueOf", "booleanValue")),
          Map.entry("java/lang/Integer", Set.of("TYPE", "valueOf", "intValue")),
          Map.entry("java/lang/Long", Set.of("TYPE", "valueOf", "longValue")),
          Map.entry("java/lang/Double", Set.of("TYPE", "valueOf", "doubleValue")),
          // In the values() of an enum that the compiler writes and nobody calls.
          Map.entry("java/lang/System", Set.of("arraycopy")),
          Map.entry("java/lang/invoke/LambdaMetafactory", Set.of("metafactory", "altMetafactory")),
          Map.entry("java/lang/invoke/StringConcatFactory", Set.of("makeConcatWithConstants")),
          Map.entry(
              "java/time/format/DateTimeFormatterBuilder",
              Set.of("<init>", "appendPattern", "parseCaseInsensitive", "toFormatter")),
          Map.entry("java/util/ArrayList", Set.of("<init>")),
          Map.entry("java/util/Arrays", Set.of("asList")),
          Map.entry("java/util/Collections", Set.of("emptyList")),
          Map.entry("java/util/List", Set.of("add")),
          Map.entry("java/util/Locale", Set.of("ENGLISH")));

  private static final Predicate<String> VERBS =
      java.util.regex.Pattern.compile("[a-z][A-Za-z]+").asMatchPredicate();

  private RuleByteCode() {}

  /**
   * Checks every class of a policy.
   *
   * @throws PolicyException with a line for each class or member that rules may not have
   */
  static void check(Map<String, byte[]> classes) {
    Set<String> refused = new TreeSet<>();
    classes.forEach((name, code) -> check(name, code, refused));
    if (!refused.isEmpty()) {
      throw new PolicyException(List.copyOf(refused));
    }
  }

  private static void check(String name, byte[] code, Set<String> refused) {
    try {
      if (!name.startsWith(OWN.replace('/', '.'))) {
        refused.add("policy class " + name + " is not in the package of rules");
      }
      for (PoolEntry entry : ClassFile.of().parse(code).constantPool()) {
        if (!allowed(entry)) {
          refused.add(
              "policy class " + name + " wants " + words(entry) + ", which rules may not have");
        }
      }
    } catch (IllegalArgumentException e) {
      refused.add("policy class " + name + " is not a class file");
    }
  }

  private static boolean allowed(PoolEntry entry) {
    return switch (entry) {
      case MemberRefEntry m -> member(m.owner().asInternalName(), m.name().stringValue());
      case ClassEntry c -> type(c.asInternalName());
      default -> true;
    };
  }

  private static boolean member(String owner, String name) {
    Set<String> jdk = JDK.get(owner);
    if (jdk != null) {
      return jdk.contains(name);
    }
    if (owner.equals("java/time/DayOfWeek")) {
      return VERBS.negate().test(name) || name.equals("equals");
    }
    if (owner.equals("io/serin/policy/Decide")) {
      return VERBS.test(name) && !name.equals("getClass");
    }
    return !owner.startsWith("java") && type(owner) && !name.equals("getClass");
  }

  private static boolean type(String internal) {
    String name = internal.replaceAll("^\\[+L?|;$", "").replace('/', '.');
    return internal.startsWith(OWN)
        || name.startsWith("serin.rules.")
        || name.equals("java.lang.System")
        || name.length() == 1
        || RuleClassLoader.lends(name);
  }

  private static String words(PoolEntry entry) {
    return switch (entry) {
      case MemberRefEntry m ->
          m.owner().asInternalName().replace('/', '.') + "." + m.name().stringValue();
      case ClassEntry c -> c.asInternalName().replace('/', '.');
      default -> entry.toString();
    };
  }
}

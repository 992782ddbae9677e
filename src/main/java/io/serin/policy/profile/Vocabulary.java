package io.serin.policy.profile;

import io.serin.api.Phase;
import io.serin.api.Strategy;
import io.serin.api.WebhookType;
import io.serin.fact.Capacity;
import io.serin.fact.Caution;
import io.serin.fact.Check;
import io.serin.fact.Dependency;
import io.serin.fact.Fleet;
import io.serin.fact.Freeze;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Intervention;
import io.serin.fact.Metric;
import io.serin.fact.Moment;
import io.serin.fact.PriorRun;
import io.serin.fact.Probe;
import io.serin.fact.Problem;
import io.serin.fact.Revision;
import io.serin.fact.Rollout;
import io.serin.fact.Setting;
import io.serin.fact.Streak;
import io.serin.fact.Traffic;
import io.serin.fact.Trend;
import io.serin.fact.Verdict;
import io.serin.fact.Workload;
import io.serin.policy.Decide;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The words that rules know: facts, their attributes, the constants of enums, and the verbs. */
public final class Vocabulary {

  /** The facts, in the order in which they are documented. */
  public static final List<Class<?>> FACTS =
      List.of(
          Rollout.class,
          Revision.class,
          Workload.class,
          Traffic.class,
          Moment.class,
          Intervention.class,
          Problem.class,
          Hook.class,
          Gate.class,
          Check.class,
          Metric.class,
          Probe.class,
          Freeze.class,
          Fleet.class,
          Dependency.class,
          Capacity.class,
          Trend.class,
          Streak.class,
          PriorRun.class,
          Setting.class);

  /** Facts of which a tick may hold many; rules that join several of them are costly. */
  static final Set<Class<?>> MANY =
      Set.of(
          Hook.class,
          Gate.class,
          Check.class,
          Metric.class,
          Problem.class,
          Intervention.class,
          Freeze.class,
          Dependency.class,
          Trend.class,
          Setting.class);

  private static final Map<String, Class<?>> ENUMS = enums();
  private static final Map<Class<?>, Map<String, Attribute>> ATTRIBUTES = attributes();
  private static final Map<String, Verb> VERBS = verbs();

  private Vocabulary() {}

  /** The fact of that simple name, or null. */
  public static @Nullable Class<?> fact(String name) {
    return FACTS.stream().filter(f -> f.getSimpleName().equals(name)).findFirst().orElse(null);
  }

  /** The attributes of a fact by name, components first. */
  public static Map<String, Attribute> attributes(Class<?> fact) {
    return ATTRIBUTES.getOrDefault(fact, Map.of());
  }

  /** The enum of a name such as {@code Phase} or {@code Intervention.Kind}, or null. */
  public static @Nullable Class<?> choice(String name) {
    return ENUMS.get(name);
  }

  /** The enums by the name that rules give them. */
  public static Map<String, Class<?>> choices() {
    return ENUMS;
  }

  /** The verb of that name, or null. */
  public static @Nullable Verb verb(String name) {
    return VERBS.get(name);
  }

  /** Every verb, by name. */
  public static List<Verb> allVerbs() {
    return List.copyOf(VERBS.values());
  }

  /** How careful the verdict is that a verb proposes; idle for a verb that asks. */
  public static Caution caution(Verb verb) {
    for (Class<?> verdict : Verdict.class.getDeclaredClasses()) {
      if (verdict.isRecord() && verdict.getSimpleName().equalsIgnoreCase(verb.name())) {
        return caution(verdict);
      }
    }
    return Caution.IDLE;
  }

  private static Caution caution(Class<?> verdict) {
    try {
      RecordComponent[] components = verdict.getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Object[] values = Arrays.stream(types).map(t -> t == int.class ? 0 : null).toArray();
      return ((Verdict) verdict.getDeclaredConstructor(types).newInstance(values)).caution();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(verdict + " cannot be made", e);
    }
  }

  /** Changes whenever a fact, an attribute, a constant or a verb does. */
  public static String fingerprint() {
    StringBuilder all = new StringBuilder();
    ATTRIBUTES.values().forEach(a -> a.values().forEach(x -> all.append(x.accessor()).append(x)));
    ENUMS.values().forEach(e -> all.append(Arrays.toString(e.getEnumConstants())));
    VERBS.values().forEach(all::append);
    return Integer.toHexString(all.toString().hashCode());
  }

  private static Map<String, Class<?>> enums() {
    Map<String, Class<?>> names = new LinkedHashMap<>();
    names.put("Phase", Phase.class);
    names.put("Strategy", Strategy.class);
    names.put("WebhookType", WebhookType.class);
    names.put("DayOfWeek", DayOfWeek.class);
    names.put("Outcome", Metric.Outcome.class);
    names.put("Metric.Outcome", Metric.Outcome.class);
    names.put("Kind", Problem.Kind.class);
    names.put("Problem.Kind", Problem.Kind.class);
    names.put("Intervention.Kind", Intervention.Kind.class);
    names.put("Role", Workload.Role.class);
    names.put("Workload.Role", Workload.Role.class);
    return names;
  }

  private static Map<Class<?>, Map<String, Attribute>> attributes() {
    Map<Class<?>, Map<String, Attribute>> all = new LinkedHashMap<>();
    for (Class<?> fact : FACTS) {
      Map<String, Attribute> own = new LinkedHashMap<>();
      for (RecordComponent c : fact.getRecordComponents()) {
        boolean nullable = c.getAnnotatedType().isAnnotationPresent(Nullable.class);
        add(own, fact, c.getAccessor(), nullable, true);
      }
      Map<String, Method> derived = new TreeMap<>();
      for (Method m : fact.getDeclaredMethods()) {
        if (readable(m)) {
          derived.put(m.getName(), m);
        }
      }
      derived.values().stream()
          .filter(m -> !own.containsKey(m.getName()))
          .forEach(m -> add(own, fact, m, false, false));
      all.put(fact, own);
    }
    return all;
  }

  private static boolean readable(Method m) {
    return Modifier.isPublic(m.getModifiers())
        && !Modifier.isStatic(m.getModifiers())
        && m.getParameterCount() == 0
        && !Set.of("hashCode", "toString").contains(m.getName());
  }

  private static void add(
      Map<String, Attribute> own, Class<?> fact, Method m, boolean nullable, boolean component) {
    Type type = Type.ofJava(m.getReturnType(), nullable);
    if (type != null) {
      own.put(m.getName(), new Attribute(fact, m.getName(), type, component, m));
    }
  }

  private static Map<String, Verb> verbs() {
    Map<String, Verb> all = new TreeMap<>();
    for (Method m : Decide.class.getDeclaredMethods()) {
      if (Modifier.isPublic(m.getModifiers())) {
        List<Type> parameters = new ArrayList<>();
        Arrays.stream(m.getParameterTypes()).forEach(p -> parameters.add(parameter(p)));
        all.put(m.getName(), new Verb(m.getName(), parameters, asks(m)));
      }
    }
    return all;
  }

  private static Type parameter(Class<?> java) {
    Type type = Type.ofJava(java, false);
    return type != null ? type : new Type(Type.Kind.FACT, java, false);
  }

  private static boolean asks(Method m) {
    return !Arrays.asList(m.getParameterTypes()).contains(String.class);
  }

  /**
   * A verb of {@code decide}.
   *
   * @param name as rules write it
   * @param parameters what it wants
   * @param asks it asks for evidence; otherwise it proposes a verdict
   */
  public record Verb(String name, List<Type> parameters, boolean asks) {}
}

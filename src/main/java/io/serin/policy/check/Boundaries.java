package io.serin.policy.check;

import io.serin.fact.Setting;
import io.serin.policy.Settings;
import io.serin.policy.profile.Attribute;
import io.serin.policy.profile.Condition;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Reads;
import io.serin.policy.profile.Rule;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values at which a policy's comparisons change: for a number each constant that it is compared
 * with and its neighbours, for an enum every constant, for a text the literals. A condition over
 * one attribute that holds for some value holds for one of these, which is what makes interval
 * questions a matter of trying them.
 */
final class Boundaries {

  private static final int MOST = 300_000;
  private static final int FAR = 100;

  private final Map<String, Set<Object>> constants = new HashMap<>();

  /** Of the rule that is being looked at: the values of the settings that its variables hold. */
  private Map<String, Collection<Setting>> bound = Map.of();

  private boolean sampled;

  Boundaries(List<Rule> rules, Settings settings) {
    for (Rule rule : rules) {
      bound = SettingBindings.of(rule, settings);
      for (Pattern pattern : Reads.patterns(rule)) {
        pattern.constraints().forEach(c -> collect(c.test()));
      }
      rule.when().forEach(c -> accumulated(c));
    }
  }

  /** Some product was too large and was sampled. */
  boolean sampled() {
    return sampled;
  }

  /** The texts that an attribute is compared with, and one that it is not. */
  List<String> texts(Class<?> fact, String attribute, String other) {
    Set<String> texts = new TreeSet<>(Set.of(other));
    constants
        .getOrDefault(fact.getSimpleName() + "." + attribute, Set.of())
        .forEach(text -> texts.add(String.valueOf(text)));
    return List.copyOf(texts);
  }

  /** Calls back with every combination of values of a fact type that is plausible. */
  <T> void each(
      Class<T> fact, Map<String, List<?>> fixed, Predicate<T> plausible, Consumer<T> each) {
    RecordComponent[] components = fact.getRecordComponents();
    List<List<?>> values = new ArrayList<>();
    long product = 1;
    for (RecordComponent c : components) {
      List<?> own = fixed.containsKey(c.getName()) ? fixed.get(c.getName()) : values(fact, c);
      values.add(own == null ? List.of() : own);
      product = Math.min(Long.MAX_VALUE / 100, product * values.getLast().size());
    }
    Constructor<T> constructor = constructor(fact);
    boolean tooMany = product > 4_000_000;
    sampled |= tooMany;
    Random random = new Random(7);
    long count = tooMany ? MOST : product;
    for (long i = 0; i < count; i++) {
      T one = make(constructor, values, tooMany ? random.nextLong(product) : i);
      if (plausible.test(one)) {
        each.accept(one);
      }
    }
  }

  /** Some fact fulfils all these constraints; those that compare with other facts are left out. */
  boolean satisfiable(Class<?> fact, List<Constraint> constraints) {
    List<Constraint> own = constraints.stream().filter(c -> !c.test().joins()).toList();
    Set<String> wanted = components(fact, own);
    Map<String, List<?>> fixed = new HashMap<>();
    for (RecordComponent c : fact.getRecordComponents()) {
      List<?> values = values(fact, c);
      fixed.put(c.getName(), wanted.contains(c.getName()) ? wide(values) : values.subList(0, 1));
    }
    boolean[] found = {false};
    each(
        fact,
        fixed,
        f -> !found[0] && own.stream().allMatch(c -> Evaluator.truth(c.test(), f, Map.of())),
        f -> found[0] = true);
    return found[0];
  }

  /** Attributes that compare two numbers of a fact need one that is far from the others. */
  private static List<?> wide(List<?> values) {
    List<@Nullable Object> wide = new ArrayList<>(values);
    if (values.contains(1)) {
      wide.add(FAR);
    } else if (values.contains(1L)) {
      wide.add((long) FAR);
    }
    return wide;
  }

  /** The components that decide the constraints, found by changing each one. */
  private Set<String> components(Class<?> fact, List<Constraint> constraints) {
    Set<String> wanted = new HashSet<>();
    List<List<?>> values = new ArrayList<>();
    RecordComponent[] components = fact.getRecordComponents();
    Arrays.stream(components).forEach(c -> values.add(values(fact, c)));
    Constructor<?> constructor = constructor(fact);
    Random random = new Random(11);
    for (Constraint constraint : constraints) {
      for (int sample = 0; sample < 300; sample++) {
        @Nullable Object[] base = new @Nullable Object[components.length];
        for (int i = 0; i < base.length; i++) {
          base[i] = pick(values.get(i), random);
        }
        boolean before = truth(constructor, base, constraint);
        for (int i = 0; i < base.length; i++) {
          @Nullable Object old = base[i];
          base[i] = pick(values.get(i), random);
          if (truth(constructor, base, constraint) != before) {
            wanted.add(components[i].getName());
          }
          base[i] = old;
        }
      }
    }
    return wanted;
  }

  private static boolean truth(
      Constructor<?> constructor, @Nullable Object[] values, Constraint c) {
    return Evaluator.truth(c.test(), make(constructor, values), Map.of());
  }

  private static @Nullable Object pick(List<? extends @Nullable Object> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private List<?> values(Class<?> fact, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == boolean.class) {
      return List.of(false, true);
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    Set<Object> own =
        constants.getOrDefault(fact.getSimpleName() + "." + component.getName(), Set.of());
    if (type == String.class) {
      Set<Object> texts = new TreeSet<>(own);
      // As many as a fact has texts to compare with each other.
      texts.addAll(List.of("one", "other", "third"));
      return List.copyOf(texts);
    }
    TreeSet<Double> numbers = new TreeSet<>(List.of(0.0, 1.0, 2.0));
    for (Object constant : own) {
      double value = ((Number) constant).doubleValue();
      double near = type == Double.class ? 0.5 : 1;
      numbers.addAll(List.of(value - near, value, value + near));
    }
    List<@Nullable Object> all = new ArrayList<>();
    for (Double number : numbers) {
      if (type == Double.class) {
        all.add(number);
      } else if (number >= 0) {
        all.add(type == int.class ? (Object) number.intValue() : (Object) number.longValue());
      }
    }
    if (type == Double.class) {
      all.add(null);
    }
    return all;
  }

  private void accumulated(Condition condition) {
    if (condition instanceof Condition.Accumulated a) {
      a.constraints().forEach(c -> collect(c.test()));
    }
  }

  private void collect(Expr e) {
    switch (e) {
      case Expr.Binary b -> {
        compare(b.left(), b.right());
        compare(b.right(), b.left());
        collect(b.left());
        collect(b.right());
      }
      case Expr.Opposite o -> collect(o.inner());
      case Expr.TextTest t -> compare(t.on(), t.argument());
      case Expr.Constant c -> {}
      case Expr.Field f -> {}
      case Expr.Variable v -> {}
    }
  }

  private void compare(Expr one, Expr other) {
    if (one instanceof Expr.Field field && other instanceof Expr.Field limit) {
      for (Setting value : bound.getOrDefault(String.valueOf(limit.of()), List.of())) {
        compare(field, new Expr.Constant(limit.attribute().of(value), limit.type(), ""));
      }
    }
    if (one instanceof Expr.Field field && other instanceof Expr.Constant constant) {
      Attribute attribute = field.attribute();
      Object value = constant.value();
      boolean number = value instanceof Number n && Double.isFinite(n.doubleValue());
      if (number || value instanceof String) {
        constants.computeIfAbsent(attribute.toString(), a -> new HashSet<>()).add(value);
      }
    }
  }

  private static <T> T make(Constructor<T> constructor, List<List<?>> values, long number) {
    @Nullable Object[] arguments = new @Nullable Object[values.size()];
    long left = number;
    for (int i = 0; i < arguments.length; i++) {
      List<?> own = values.get(i);
      arguments[i] = own.get((int) (left % own.size()));
      left /= own.size();
    }
    return make(constructor, arguments);
  }

  private static <T> T make(Constructor<T> constructor, @Nullable Object[] arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " failed", e);
    }
  }

  private static <T> Constructor<T> constructor(Class<T> fact) {
    try {
      return fact.getDeclaredConstructor(
          Arrays.stream(fact.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(fact + " is no record", e);
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    return new TreeMap<>(constants).toString();
  }
}

package io.serin.policy.check;

import io.serin.policy.Settings;
import io.serin.policy.profile.Constraint;
import io.serin.policy.profile.Evaluator;
import io.serin.policy.profile.Expr;
import io.serin.policy.profile.Pattern;
import io.serin.policy.profile.Rule;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

  private final List<Rule> rules;
  private final Settings settings;
  private final Constants constants;
  private boolean sampled;

  Boundaries(List<Rule> rules, Settings settings) {
    this(rules, settings, _ -> true);
  }

  private Boundaries(List<Rule> rules, Settings settings, Predicate<Pattern> wanted) {
    this.rules = rules;
    this.settings = settings;
    this.constants = new Constants(rules, settings, wanted);
  }

  /** What only these patterns tell apart. */
  Boundaries of(Predicate<Pattern> wanted) {
    return new Boundaries(rules, settings, wanted);
  }

  /** Some product was too large and was sampled. */
  boolean sampled() {
    return sampled;
  }

  /** These texts, and one more for each thing that the policy asks of the component of a fact. */
  List<String> texts(Class<?> fact, String component, String... usual) {
    Choices choices = new Choices().usually(component, (Object[]) usual);
    return values(fact, component, choices).stream().map(String::valueOf).toList();
  }

  /** The values that a component takes by these choices. */
  Set<Integer> numbers(Class<?> fact, String component, Choices choices) {
    Set<Integer> numbers = new TreeSet<>();
    values(fact, component, choices).forEach(value -> numbers.add((Integer) value));
    return numbers;
  }

  private List<?> values(Class<?> fact, String component, Choices choices) {
    RecordComponent named =
        Arrays.stream(fact.getRecordComponents())
            .filter(c -> c.getName().equals(component))
            .findFirst()
            .orElseThrow();
    return values(fact, named, choices);
  }

  /** Calls back with every combination of values of a fact type that is plausible. */
  <T> void each(Class<T> fact, Choices choices, Predicate<T> plausible, Consumer<T> each) {
    RecordComponent[] components = fact.getRecordComponents();
    List<List<?>> values = new ArrayList<>();
    for (RecordComponent c : components) {
      values.add(values(fact, c, choices));
    }
    sampled |= !each(fact, values, plausible, each);
  }

  /** Whether it was every combination, and not just some. */
  private static <T> boolean each(
      Class<T> fact, List<List<?>> values, Predicate<T> plausible, Consumer<T> each) {
    long product = 1;
    for (List<?> own : values) {
      product = Math.min(Long.MAX_VALUE / 100, product * own.size());
    }
    Constructor<T> constructor = constructor(fact);
    boolean tooMany = product > 4_000_000;
    Random random = new Random(7);
    long count = tooMany ? MOST : product;
    for (long i = 0; i < count; i++) {
      T one = make(constructor, values, tooMany ? random.nextLong(product) : i);
      if (plausible.test(one)) {
        each.accept(one);
      }
    }
    return !tooMany;
  }

  /**
   * Some fact fulfils all these constraints, or may; those that compare with other facts are left
   * out.
   */
  boolean satisfiable(Pattern pattern, List<Constraint> constraints) {
    return of(pattern::equals).satisfiable(pattern.fact(), constraints);
  }

  private boolean satisfiable(Class<?> fact, List<Constraint> constraints) {
    List<Constraint> own = constraints.stream().filter(c -> !c.test().joins()).toList();
    Set<String> wanted = components(fact, own);
    List<List<?>> values = new ArrayList<>();
    for (RecordComponent c : fact.getRecordComponents()) {
      List<?> all = values(fact, c);
      values.add(wanted.contains(c.getName()) ? wide(fact, c, all) : all.subList(0, 1));
    }
    boolean[] found = {false};
    boolean all =
        each(
            fact,
            values,
            f -> !found[0] && own.stream().allMatch(c -> Evaluator.truth(c.test(), f, Map.of())),
            _ -> found[0] = true);
    return found[0] || !all;
  }

  /**
   * Numbers of a fact that are compared with each other need what any of them is compared with, and
   * one that is far from all.
   */
  private List<?> wide(Class<?> fact, RecordComponent component, List<?> values) {
    Class<?> type = component.getType();
    if (type.isEnum() || type == boolean.class || type == String.class) {
      return values;
    }
    TreeSet<Double> numbers = new TreeSet<>();
    for (RecordComponent c : fact.getRecordComponents()) {
      for (Object constant : constants.literals(fact, c.getName())) {
        if (constant instanceof Number n) {
          numbers.addAll(near(n, type));
        }
      }
    }
    numbers.add((numbers.isEmpty() ? 0 : numbers.last()) + FAR);
    Set<@Nullable Object> wide = new LinkedHashSet<>(values);
    wide.addAll(typed(numbers, type));
    return new ArrayList<>(wide);
  }

  /** The components that decide the constraints, found by changing each one. */
  private Set<String> components(Class<?> fact, List<Constraint> constraints) {
    Set<String> wanted = new HashSet<>();
    List<List<?>> values = new ArrayList<>();
    RecordComponent[] components = fact.getRecordComponents();
    Arrays.stream(components).forEach(c -> values.add(wide(fact, c, values(fact, c))));
    Constructor<?> constructor = constructor(fact);
    Random random = new Random(11);
    for (Constraint constraint : constraints) {
      constraint.test().fields().forEach(f -> wanted.add(f.attribute().name()));
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

  private List<?> values(Class<?> fact, RecordComponent component, Choices choices) {
    List<?> only = choices.only(component.getName());
    if (only != null) {
      return only;
    }
    List<?> usual = choices.usually(component.getName());
    return usual == null ? values(fact, component) : beside(fact, component, usual);
  }

  /** The usual values, and the first that gives tests of this component another answer each. */
  private List<?> beside(Class<?> fact, RecordComponent component, List<?> usual) {
    Set<Expr> tests = constants.tests(fact, component.getName());
    Set<@Nullable Object> all = new LinkedHashSet<>(usual);
    Set<List<Boolean>> seen = new HashSet<>();
    usual.forEach(value -> seen.add(answers(fact, component, value, tests)));
    List<@Nullable Object> candidates =
        new ArrayList<>(compared(component, constants.literals(fact, component.getName())));
    if (component.getType() == Double.class) {
      candidates.add(null);
    }
    for (Object value : candidates) {
      if (seen.add(answers(fact, component, value, tests))) {
        all.add(value);
      }
    }
    all.addAll(indirect(fact, component));
    return new ArrayList<>(all);
  }

  /** Beyond the neighbours of a constant is room for one more number between. */
  private List<Object> indirect(Class<?> fact, RecordComponent component) {
    Set<Object> all = new LinkedHashSet<>();
    for (Object constant : constants.indirect(fact, component.getName())) {
      all.add(constant);
      if (constant instanceof Number n) {
        near(n, component.getType()).forEach(all::add);
      }
    }
    return compared(component, all);
  }

  private List<Boolean> answers(
      Class<?> fact, RecordComponent component, @Nullable Object value, Set<Expr> tests) {
    RecordComponent[] components = fact.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < arguments.length; i++) {
      boolean own = components[i].getName().equals(component.getName());
      arguments[i] = own ? value : values(fact, components[i]).get(0);
    }
    Object one = make(constructor(fact), arguments);
    return tests.stream().map(test -> Evaluator.truth(test, one, Map.of())).toList();
  }

  private List<?> values(Class<?> fact, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == boolean.class) {
      return List.of(false, true);
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    Set<@Nullable Object> all =
        new LinkedHashSet<>(
            // As many as a fact has texts to compare with each other.
            type == String.class
                ? List.of("one", "other", "third")
                : typed(new TreeSet<>(List.of(0.0, 1.0, 2.0)), type));
    all.addAll(compared(component, constants.literals(fact, component.getName())));
    all.addAll(indirect(fact, component));
    if (type == Double.class) {
      all.add(null);
    }
    return new ArrayList<>(all);
  }

  /** What a component is compared with, and its neighbours. */
  private static List<Object> compared(RecordComponent component, Set<Object> constants) {
    Class<?> type = component.getType();
    if (type == String.class) {
      return List.copyOf(constants);
    }
    TreeSet<Double> numbers = new TreeSet<>();
    for (Object constant : constants) {
      if (constant instanceof Number n) {
        numbers.addAll(near(n, type));
      }
    }
    return typed(numbers, type);
  }

  private static List<Double> near(Number constant, Class<?> type) {
    double value = constant.doubleValue();
    double near = type == Double.class || type == double.class ? 0.5 : 1;
    return List.of(value, value + near, value - near);
  }

  private static List<Object> typed(TreeSet<Double> numbers, Class<?> type) {
    List<Object> all = new ArrayList<>();
    for (double number : numbers) {
      if (type == Double.class || type == double.class) {
        all.add(number);
      } else if (number >= 0) {
        all.add(type == int.class ? (Object) (int) number : (Object) (long) number);
      }
    }
    return all;
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
}

package io.serin.record;

import io.serin.fact.Evidence;
import io.serin.fact.Metric;
import io.serin.policy.Proposal;
import io.serin.rollout.TickRecord;
import io.serin.testing.Records;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Records filled with anything, so that a field which is added later is covered without a change
 * here.
 */
final class Samples {

  private final Random random;
  private int texts;

  Samples(long seed) {
    random = new Random(seed);
  }

  /** A tick with every list filled, whose proposals rest on facts of that tick. */
  TickRecord tick() {
    TickRecord any = some(TickRecord.class);
    List<Object> facts = new ArrayList<>(any.facts().all());
    facts.removeAll(any.facts().checks());
    facts.addAll(any.evidence().all());
    List<Proposal> because =
        any.proposals().stream().map(p -> new Proposal(p.rule(), p.verdict(), facts)).toList();
    return any.withProposals(because);
  }

  /** A copy of a tick with one component replaced. */
  static TickRecord with(TickRecord tick, String component, @Nullable Object value) {
    return Records.with(tick, component, value);
  }

  /** A copy of a tick that measured what JSON has no number for. */
  static TickRecord immeasurable(TickRecord tick) {
    Metric metric =
        new Metric("m", 0, Metric.Outcome.ERROR, Double.NaN, Double.NEGATIVE_INFINITY, null, "");
    return with(tick, "evidence", new Evidence(List.of(), List.of(metric), null))
        .withProposals(List.of(new Proposal("r", tick.verdict(), List.of())));
  }

  <T> T some(Class<T> type) {
    return type.cast(value(type, type));
  }

  private Object value(Type generic, Class<?> type) {
    if (type == String.class) {
      return "text \"" + ++texts + "\" → ü\n" + random.nextInt(1000);
    } else if (type == int.class || type == Integer.class) {
      return random.nextInt(1, 100);
    } else if (type == long.class || type == Long.class) {
      return random.nextLong(1, 1L << 40);
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == double.class || type == Double.class) {
      return random.nextDouble() * 100;
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    } else if (type == Duration.class) {
      return Duration.ofNanos(random.nextLong(1, 1L << 40));
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    } else if (type == List.class) {
      return list(((ParameterizedType) generic).getActualTypeArguments()[0]);
    } else if (type == Map.class) {
      return Map.of("key-" + random.nextInt(1000), (String) value(String.class, String.class));
    } else if (type.isSealed()) {
      Class<?>[] permitted = type.getPermittedSubclasses();
      Class<?> chosen = permitted[random.nextInt(permitted.length)];
      return value(chosen, chosen);
    } else if (type.isRecord()) {
      return record(type);
    }
    throw new IllegalArgumentException("no samples of " + type);
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    if (element != Object.class) {
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        list.add(value(element, (Class<?>) element));
      }
    }
    return list;
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(c -> nullable(c.getAnnotatedType()) && random.nextInt(3) == 0 ? null : value(c))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object value(RecordComponent component) {
    return value(component.getGenericType(), component.getType());
  }

  private static boolean nullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}

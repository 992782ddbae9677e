package io.serin.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The test starts a {@link RealPrometheus}. Skipped when there is no {@code prometheus} program;
 * fails then when {@code SERIN_REQUIRE_REAL} names {@code prometheus}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealPrometheusTest.Condition.class)
public @interface RealPrometheusTest {

  /** The rule behind the annotation. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String problem = RealPrometheus.program() == null ? RealPrometheus.NOT_FOUND : null;
      return RealBackend.evaluate("prometheus", problem);
    }
  }
}

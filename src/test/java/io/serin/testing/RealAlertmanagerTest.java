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
 * The test starts a {@link RealAlertmanager}. Skipped when there is no such program; fails then
 * when {@code SERIN_REQUIRE_REAL} names {@code alertmanager}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealAlertmanagerTest.Condition.class)
public @interface RealAlertmanagerTest {

  /** The rule behind the annotation. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String problem = RealAlertmanager.program() == null ? RealAlertmanager.NOT_FOUND : null;
      return RealBackend.evaluate("alertmanager", problem);
    }
  }
}

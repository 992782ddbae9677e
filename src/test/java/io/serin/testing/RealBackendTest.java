package io.serin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.io.TempDir;

class RealBackendTest {

  @Test
  void aBackendAtHandIsUsed() {
    assertThat(RealBackend.evaluate("kube", null, "").isDisabled()).isFalse();
  }

  @Test
  void aMissingBackendSkipsWithItsReason() {
    ConditionEvaluationResult result =
        RealBackend.evaluate("kube", "KUBEBUILDER_ASSETS is not set", "prometheus");

    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).hasValue("needs a real kube: KUBEBUILDER_ASSETS is not set");
  }

  @Test
  void aMissingBackendThatIsRequiredFails() {
    assertThatIllegalStateException()
        .isThrownBy(() -> RealBackend.evaluate("kube", "it is not there", "prometheus, kube"))
        .withMessage(
            "SERIN_REQUIRE_REAL=prometheus, kube asks for a real kube, but it is not there");
  }

  @Test
  void assetsThatAreNotNamedAreMissing() {
    assertThat(KubeAssets.problem(Map.of())).startsWith("KUBEBUILDER_ASSETS is not set");
  }

  @Test
  void assetsThatAreNamedButIncompleteAreAMistake(@TempDir Path empty) {
    assertThatThrownBy(() -> KubeAssets.problem(Map.of("KUBEBUILDER_ASSETS", empty.toString())))
        .hasMessage("KUBEBUILDER_ASSETS=%s has no program etcd; fix or unset it", empty);
  }
}

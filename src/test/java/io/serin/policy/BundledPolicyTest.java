package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BundledPolicyTest {

  @Test
  void theBuildCompiledThePolicyThatStandsInTheSources() {
    PolicySource source = PolicySource.of(Path.of("rules/default"));

    Policy policy = BundledPolicy.load();

    assertThat(BundledPolicy.class.getResource("/policies/default.bin")).isNotNull();
    assertThat(policy.digest()).isEqualTo(source.digest());
    assertThat(policy.source()).isEqualTo(source);
    assertThat(policy.rules()).hasSizeGreaterThan(60);
  }

  @Test
  void theBundledPolicyDecides() {
    Decision decision = BundledPolicy.load().decide(Samples.analysing(2), Samples.passing());

    assertThat(decision.verdict().verb()).isEqualTo("advance");
  }

  @Test
  void aCompiledPolicySurvivesItsFile() throws IOException {
    CompiledPolicy policy =
        PolicyCompiler.compile(
            Samples.source("rule \"a\" when Rollout() then decide.idle( \"x\" ); end"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    PolicyBinary.write(policy, out);
    CompiledPolicy again = PolicyBinary.read(new ByteArrayInputStream(out.toByteArray())).policy();

    assertThat(again.digest()).isEqualTo(policy.digest());
    assertThat(again.rules()).isEqualTo(policy.rules());
    assertThat(again.classes().keySet()).isEqualTo(policy.classes().keySet());
  }

  @Test
  void aFileOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> PolicyBinary.read(new ByteArrayInputStream(new byte[100])))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPolicyIsCompiledOnceHoweverOftenItIsWanted() {
    AtomicInteger compiled = new AtomicInteger();
    Policy policy = BundledPolicy.load();
    try (PolicyCache cache =
        new PolicyCache(
            2,
            1,
            s -> {
              compiled.incrementAndGet();
              return policy;
            })) {
      PolicySource source = Samples.source("a");

      assertThat(cache.await(source)).isSameAs(cache.await(source));
      assertThat(compiled).hasValue(1);
    }
  }

  @Test
  void askingForAPolicyDoesNotWaitForItsCompilation() {
    CountDownLatch never = new CountDownLatch(1);
    try (PolicyCache cache =
        new PolicyCache(
            2,
            1,
            s -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new PolicyException(java.util.List.of("x"));
            })) {
      assertThat(cache.get(Samples.source("a"))).isNotDone();
      never.countDown();
      assertThatThrownBy(() -> cache.await(Samples.source("a")))
          .isInstanceOf(PolicyException.class);
    }
  }
}

package io.serin.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serin.policy.PolicySource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DefaultPolicyProfileTest {

  @Test
  void theDefaultPolicyStaysWithinTheProfile() {
    Profile profile = Profile.read(PolicySource.of(Path.of("rules/default")));

    assertThat(profile.findings()).isEmpty();
    assertThat(profile.rules()).hasSizeGreaterThan(60);
  }

  @Test
  void whatIsPrintedReadsBackAsTheSameRules() {
    var source = PolicySource.of(Path.of("rules/default"));
    Profile profile = Profile.read(source);
    for (var file : source.files()) {
      var again =
          Profile.read(
              new PolicySource(
                  java.util.List.of(
                      new io.serin.policy.DrlFile(file.name(), profile.printed(file.name())))));

      assertThat(again.findings()).isEmpty();
      assertThat(again.printed(file.name())).isEqualTo(profile.printed(file.name()));
    }
  }
}

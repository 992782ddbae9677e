package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {

  private static final List<Path> FILES = List.of(Path.of("a"), Path.of("b"), Path.of("c"));

  @Test
  void shardsShareTheFiles() {
    assertThat(Shard.parse("0/2").of(FILES)).containsExactly(Path.of("a"), Path.of("c"));
    assertThat(Shard.parse("1/2").of(FILES)).containsExactly(Path.of("b"));
    assertThat(Shard.ALL.of(FILES)).isEqualTo(FILES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2/2", "1", "a/b", "0/0", "-1/2", ""})
  void whatIsNoShardIsRefused(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0/");
  }
}

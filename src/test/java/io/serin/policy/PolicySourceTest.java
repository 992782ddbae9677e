package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySourceTest {

  @TempDir private Path directory;

  @Test
  void aMountedConfigMapHoldsEachFileOnce() throws IOException {
    // given what the kubelet makes: links, through a link, into the folder of this version
    Path version = Files.createDirectories(directory.resolve("..2026_03_02_10_00_00.1"));
    Files.writeString(version.resolve("a.drl"), "// a");
    Files.createSymbolicLink(directory.resolve("..data"), version.getFileName());
    Files.createSymbolicLink(directory.resolve("a.drl"), Path.of("..data/a.drl"));

    assertThat(PolicySource.of(directory).files()).containsExactly(new DrlFile("a.drl", "// a"));
  }

  @Test
  void foldersAreLookedThrough() throws IOException {
    Files.createDirectories(directory.resolve("team"));
    Files.writeString(directory.resolve("team/b.drl"), "// b");

    assertThat(PolicySource.of(directory).files())
        .containsExactly(new DrlFile("team/b.drl", "// b"));
  }
}

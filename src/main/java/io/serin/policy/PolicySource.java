package io.serin.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The DRL files of a policy, sorted by name, so that the same files give the same digest however
 * they were found.
 *
 * @param files the files
 */
public record PolicySource(List<DrlFile> files) {

  /** Sorts the files. */
  public PolicySource {
    files = files.stream().sorted(Comparator.comparing(DrlFile::name)).toList();
  }

  /**
   * Every {@code *.drl} below a directory.
   *
   * @throws PolicyException when there is none or one cannot be read
   */
  public static PolicySource of(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new PolicyException(
          List.of(
              "policy directory "
                  + directory
                  + " does not exist; name a directory of *.drl files"));
    }
    try (var paths = Files.walk(directory)) {
      List<DrlFile> files =
          paths
              .filter(path -> path.toString().endsWith(".drl") && Files.isRegularFile(path))
              .filter(path -> !isVersionOfVolume(directory.relativize(path)))
              .map(path -> read(directory, path))
              .toList();
      if (files.isEmpty()) {
        throw new PolicyException(
            List.of(
                "policy directory " + directory + " holds no *.drl file; put at least one there"));
      }
      return new PolicySource(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Content digest: sixteen hexadecimal digits of SHA-256 over names and texts. */
  public String digest() {
    MessageDigest sha = sha256();
    for (DrlFile file : files) {
      sha.update(file.name().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      sha.update(file.text().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 8);
  }

  /** A mounted ConfigMap holds links to its files, and these once more in a {@code ..} folder. */
  private static boolean isVersionOfVolume(Path path) {
    return path.getName(0).toString().startsWith("..");
  }

  private static DrlFile read(Path directory, Path path) {
    try {
      String name = directory.relativize(path).toString().replace('\\', '/');
      return new DrlFile(name, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

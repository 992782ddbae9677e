package io.serin.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles a policy while Serin is built: {@code Precompile DIRECTORY FILE}. */
public final class Precompile {

  private Precompile() {}

  /**
   * Writes the file unless it is up to date.
   *
   * @throws PolicyException when the policy cannot be used; it ends the build
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: Precompile DIRECTORY FILE");
    }
    run(Path.of(args[0]), Path.of(args[1]));
  }

  /** Whether the file was written. */
  static boolean run(Path directory, Path file) throws IOException {
    PolicySource source = PolicySource.of(directory);
    if (upToDate(source, file)) {
      return false;
    }
    CompiledPolicy compiled = PolicyCompiler.compile(source);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (var out = Files.newOutputStream(fresh)) {
      PolicyBinary.write(compiled, out);
    }
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static boolean upToDate(PolicySource source, Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      PolicyBinary.Stored stored = PolicyBinary.read(in);
      return stored.policy().digest().equals(source.digest())
          && stored.platform().equals(PolicyBinary.platform());
    } catch (IOException e) {
      return false;
    }
  }
}

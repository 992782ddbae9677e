package io.serin.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default policy that comes with Serin, compiled when Serin was built. */
public final class BundledPolicy {

  private static final String COMPILED = "/policies/default.bin";
  private static final Logger log = LoggerFactory.getLogger(BundledPolicy.class);

  private BundledPolicy() {}

  /**
   * The default policy. Compiles it from {@code rules/default} in the working directory when Serin
   * was not built by its build (in an editor, say).
   *
   * @throws PolicyException when there is neither
   */
  public static Policy load() {
    return Policy.load(compiled());
  }

  /** The default policy as byte code, with its source. */
  public static CompiledPolicy compiled() {
    try (InputStream in = BundledPolicy.class.getResourceAsStream(COMPILED)) {
      return in != null ? PolicyBinary.read(in).policy() : fromSource();
    } catch (IOException e) {
      throw new UncheckedIOException("bundled policy " + COMPILED + " cannot be read", e);
    }
  }

  private static CompiledPolicy fromSource() {
    Path directory = Path.of("rules", "default");
    if (!Files.isDirectory(directory)) {
      throw new PolicyException(
          java.util.List.of(
              "the bundled policy "
                  + COMPILED
                  + " is not in the jar; build Serin with ./mvnw package"));
    }
    log.atInfo().addKeyValue("directory", directory).log("compiling the default policy");
    return PolicyCompiler.compile(PolicySource.of(directory));
  }
}

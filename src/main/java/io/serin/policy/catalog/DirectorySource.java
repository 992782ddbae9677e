package io.serin.policy.catalog;

import io.serin.api.PolicyMode;
import io.serin.api.PromotionPolicySpec;
import io.serin.policy.PolicyException;
import io.serin.policy.PolicyFolder;
import io.serin.policy.catalog.PolicyKey.Origin;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Offers the policies of directories, each under the name of its directory, again and again. */
public final class DirectorySource {

  private final List<Path> directories;
  private final List<String> packs;
  private final Catalog catalog;

  /**
   * Of these directories.
   *
   * @param packs taken in by each beside its own
   */
  public DirectorySource(List<Path> directories, List<String> packs, Catalog catalog) {
    this.directories = List.copyOf(directories);
    this.packs = List.copyOf(packs);
    this.catalog = catalog;
  }

  /**
   * Reads every directory. One that cannot be read any more is offered as it was refused, so that
   * its last good version stays active and the reason is told.
   */
  public void read() {
    directories.forEach(directory -> catalog.offer(definition(directory)));
  }

  /**
   * Makes sure that every directory can be used.
   *
   * @throws PolicyException when one cannot
   */
  public void require(Loader loader) {
    directories.stream()
        .map(this::definition)
        .filter(definition -> definition.spec().mode() != PolicyMode.OFF)
        .forEach(loader::apply);
  }

  private PolicyDefinition definition(Path directory) {
    PolicyKey key = new PolicyKey(Origin.DIRECTORY, "", name(directory));
    try {
      return new PolicyDefinition(key, PolicyFolder.read(directory).takingIn(packs), List.of(), 0);
    } catch (PolicyException e) {
      return new PolicyDefinition(key, PromotionPolicySpec.EMPTY, e.findings(), 0);
    } catch (UncheckedIOException e) {
      return new PolicyDefinition(
          key, PromotionPolicySpec.EMPTY, List.of(String.valueOf(e.getMessage())), 0);
    }
  }

  /** The name of the policy that is in a directory. */
  public static String name(Path directory) {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? directory.toString() : name.toString();
  }
}

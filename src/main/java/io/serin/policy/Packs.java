package io.serin.policy;

import io.serin.policy.profile.Profile;
import io.serin.policy.profile.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The packs that come with Serin: rules for what many teams want, each off until a policy takes it
 * in by name. A rule of a pack that has the name of a rule of the policy takes that rule's place.
 */
public final class Packs {

  /** The packs by name, the careful ones first. */
  public static final List<String> NAMES =
      List.of(
          "change-window-and-freeze",
          "fleet-limit",
          "dependencies",
          "capacity",
          "trends",
          "minimum-samples",
          "freeze-instead-of-rollback",
          "fast-track-revert",
          "early-promotion");

  private Packs() {}

  /**
   * A policy and some packs.
   *
   * @throws PolicyException when there is no such pack, or two packs replace the same rule
   */
  public static PolicySource add(PolicySource base, List<String> names) {
    Map<String, String> owners = new TreeMap<>();
    List<DrlFile> added = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      DrlFile pack = read(name);
      added.add(pack);
      for (Rule rule : Profile.read(new PolicySource(List.of(pack))).rules()) {
        String other = owners.put(rule.name(), name);
        if (other != null) {
          throw new PolicyException(
              List.of(
                  "packs %s and %s both replace rule '%s'; take one of them"
                      .formatted(other, name, rule.name())));
        }
      }
    }
    List<DrlFile> files = new ArrayList<>(without(base, owners.keySet()));
    files.addAll(added);
    return new PolicySource(files);
  }

  /** The file of a pack, as it stands in a policy that took it in. */
  public static String file(String name) {
    return "pack-" + name + ".drl";
  }

  private static DrlFile read(String name) {
    if (!NAMES.contains(name)) {
      throw new PolicyException(
          List.of("there is no pack '" + name + "'; there are " + String.join(", ", NAMES)));
    }
    String resource = "/rules/packs/" + name + "/" + name + ".drl";
    try (InputStream in = Packs.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new PolicyException(
            List.of("pack " + resource + " is not in the jar; build Serin with ./mvnw package"));
      }
      return new DrlFile(file(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("pack " + resource + " cannot be read", e);
    }
  }

  /** The files without the rules of these names; lines stay where they are. */
  private static List<DrlFile> without(PolicySource base, Set<String> names) {
    Map<String, List<Integer>> lines = new HashMap<>();
    for (Rule rule : Profile.read(base).rules()) {
      if (names.contains(rule.name())) {
        lines.computeIfAbsent(rule.file(), _ -> new ArrayList<>()).add(rule.line());
      }
    }
    return base.files().stream()
        .map(f -> lines.containsKey(f.name()) ? blank(f, lines.get(f.name())) : f)
        .toList();
  }

  private static DrlFile blank(DrlFile file, List<Integer> starts) {
    String[] lines = file.text().split("\n", -1);
    for (int start : starts) {
      int line = start - 1;
      boolean last = false;
      while (!last && line < lines.length) {
        last = lines[line].strip().matches("(.*;\\s*)?end");
        lines[line++] = "";
      }
    }
    return new DrlFile(file.name(), String.join("\n", lines));
  }
}

package io.serin.policy;

import io.serin.api.Finding;
import io.serin.api.PromotionPolicySpec;
import io.serin.policy.profile.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The packs that come with Serin: rules for what many teams want, each off until a policy takes it
 * in by name. A rule of a pack that has the name of a rule of the policy takes that rule's place;
 * its numbers are settings.
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

  /** Names of the settings of each pack; read once. */
  private static final Map<String, Set<String>> SETTINGS = new ConcurrentHashMap<>();

  private Packs() {}

  /**
   * A policy and some packs.
   *
   * @throws PolicyException when there is no such pack, or two packs replace the same rule
   */
  public static PolicySource add(PolicySource base, List<String> names) {
    Map<String, String> owners = new TreeMap<>();
    List<DrlFile> added = new ArrayList<>();
    Settings settings = base.settings();
    for (String name : new TreeSet<>(names)) {
      DrlFile pack = read(name);
      added.add(pack);
      settings = settings.with(spec(name).settings());
      for (Rule rule : Composition.rules(List.of(pack))) {
        String other = owners.put(rule.name(), name);
        if (other != null) {
          throw new PolicyException(
              List.of(
                  "packs %s and %s both replace rule '%s'; take one of them"
                      .formatted(other, name, rule.name())));
        }
      }
    }
    return new PolicySource(Composition.under(base.files(), added), settings);
  }

  /** Names of the settings of a pack; none where there is no such pack. */
  static Set<String> settings(String name) {
    return NAMES.contains(name)
        ? SETTINGS.computeIfAbsent(name, pack -> Settings.names(spec(pack)))
        : Set.of();
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
    String text = resource(name, name + ".drl");
    if (text == null) {
      throw new PolicyException(
          List.of("pack " + name + " is not in the jar; build Serin with ./mvnw package"));
    }
    return new DrlFile(file(name), text, false);
  }

  private static PromotionPolicySpec spec(String name) {
    String text = resource(name, PolicyFolder.MANIFEST);
    List<Finding> findings = new ArrayList<>();
    return PolicyFolder.manifest(text == null ? "" : text, findings);
  }

  private static @Nullable String resource(String pack, String file) {
    String path = "/rules/packs/" + pack + "/" + file;
    try (InputStream in = Packs.class.getResourceAsStream(path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("pack " + path + " cannot be read", e);
    }
  }
}

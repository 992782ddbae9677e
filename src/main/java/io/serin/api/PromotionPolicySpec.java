package io.serin.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A promotion policy as its author writes it: in a custom resource, in the {@code policy.yaml} of a
 * ConfigMap, or in that of a directory.
 *
 * @param mode what it does
 * @param base {@code default} builds on the default policy; empty replaces it
 * @param packs packs that it takes in
 * @param without names of rules of the base or the packs that are left out
 * @param settings settings of its own, and values for those of the packs
 * @param selector labels of the Canaries that it is for
 * @param namespaceSelector labels of the namespaces that it is for
 * @param files DRL by file name; a rule replaces one of the same name in the base
 * @param tests test cases by file name; a policy whose cases fail is not taken over
 */
public record PromotionPolicySpec(
    PolicyMode mode,
    String base,
    List<String> packs,
    List<String> without,
    List<SettingSpec> settings,
    LabelSelector selector,
    LabelSelector namespaceSelector,
    Map<String, String> files,
    Map<String, String> tests) {

  /** The default policy, as {@link #base} names it. */
  public static final String DEFAULT = "default";

  /** Says nothing: it replaces the default policy by no rules at all. */
  public static final PromotionPolicySpec EMPTY =
      new PromotionPolicySpec(
          PolicyMode.ENFORCE,
          "",
          List.of(),
          List.of(),
          List.of(),
          LabelSelector.EVERYTHING,
          LabelSelector.EVERYTHING,
          Map.of(),
          Map.of());

  private static final List<String> FIELDS =
      List.of(
          "mode",
          "base",
          "packs",
          "without",
          "settings",
          "selector",
          "namespaceSelector",
          "files",
          "tests");

  /** Copies the collections. */
  public PromotionPolicySpec {
    packs = List.copyOf(packs);
    without = List.copyOf(without);
    settings = List.copyOf(settings);
    files = Map.copyOf(files);
    tests = Map.copyOf(tests);
  }

  /**
   * Reads a {@code policy.yaml}. Here nobody else has looked at the fields, so unknown ones are
   * findings.
   */
  public static PromotionPolicySpec of(JsonNode tree, List<Finding> findings) {
    for (String field : tree.propertyNames()) {
      if (!FIELDS.contains(field)) {
        findings.add(
            Finding.error(field, "is no field of a policy; it has " + String.join(", ", FIELDS)));
      }
    }
    return read(new Fields(tree, "", findings));
  }

  static PromotionPolicySpec read(Fields f) {
    String base = f.text("base");
    if (!base.isEmpty() && !base.equals(DEFAULT)) {
      f.error("base", "is \"%s\"; write %s or leave it out".formatted(base, DEFAULT));
    }
    return new PromotionPolicySpec(
        f.choice("mode", PolicyMode.values(), PolicyMode.ENFORCE),
        base,
        f.texts("packs"),
        f.texts("without"),
        f.list("settings", SettingSpec::read),
        f.objectOrEmpty("selector", LabelSelector::read),
        f.objectOrEmpty("namespaceSelector", LabelSelector::read),
        f.textMap("files"),
        f.textMap("tests"));
  }

  /** Its JSON, which reads as an equal one. */
  public ObjectNode toTree() {
    ObjectNode tree = Trees.of(this);
    if (!settings.isEmpty()) {
      ArrayNode all = tree.putArray("settings");
      settings.forEach(setting -> all.add(setting.toTree()));
    }
    return tree;
  }

  /** With these files and tests in place of its own. */
  public PromotionPolicySpec with(Map<String, String> otherFiles, Map<String, String> otherTests) {
    return new PromotionPolicySpec(
        mode, base, packs, without, settings, selector, namespaceSelector, otherFiles, otherTests);
  }

  /** With these packs beside its own. */
  public PromotionPolicySpec takingIn(List<String> others) {
    List<String> all = Stream.concat(packs.stream(), others.stream()).distinct().toList();
    return new PromotionPolicySpec(
        mode, base, all, without, settings, selector, namespaceSelector, files, tests);
  }

  /** It builds on the default policy. */
  public boolean buildsOnDefault() {
    return base.equals(DEFAULT);
  }

  /** How closely it says whom it is for: one for each selector. */
  public int specificity() {
    return (selector.isEmpty() ? 0 : 1) + (namespaceSelector.isEmpty() ? 0 : 1);
  }
}

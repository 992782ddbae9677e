package io.serin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the API server stores is what the records read: every field of a schema is a component of a
 * record and every component a field.
 */
class SchemaContractTest {
  /** Subtrees that are handed on as they are. */
  private static final Set<String> BLOBS = Set.of("spec.service.trafficPolicy");

  static final List<Arguments> parts =
      List.of(
          Arguments.of("canaries", "spec", CanarySpec.class),
          Arguments.of("canaries", "status", CanaryStatus.class),
          Arguments.of("metrictemplates", "spec", MetricTemplateSpec.class),
          Arguments.of("metrictemplates", "status", ConditionsStatus.class),
          Arguments.of("alertproviders", "spec", AlertProviderSpec.class),
          Arguments.of("alertproviders", "status", ConditionsStatus.class),
          Arguments.of("clusterpromotionpolicies", "spec", PromotionPolicySpec.class),
          Arguments.of("clusterpromotionpolicies", "status", PromotionPolicyStatus.class),
          Arguments.of("promotionpolicies", "spec", PromotionPolicySpec.class),
          Arguments.of("promotionpolicies", "status", PromotionPolicyStatus.class));

  @ParameterizedTest
  @FieldSource("parts")
  void schemaAndRecordsHaveTheSameFields(String plural, String part, Class<?> type) {
    List<String> differences = new ArrayList<>();

    compare(part, schema("crds", plural).path("properties").path(part), type, differences);

    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"canaries", "metrictemplates", "alertproviders"})
  void ourSchemaHasEveryFieldAndValueOfFlaggers(String plural) {
    List<String> missing = new ArrayList<>();

    contains(
        "", schema("src/test/resources/flagger-crds", plural), schema("crds", plural), missing);

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"canaries", "metrictemplates", "alertproviders"})
  void everyFieldIsDescribed(String plural) {
    List<String> undescribed = new ArrayList<>();

    describe("", schema("crds", plural), undescribed);

    assertThat(undescribed).containsExactly(".metadata");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canaries", "metrictemplates", "alertproviders"})
  void namesAndColumnsAreFlaggers(String plural) {
    KubeObject ours = crd("crds", plural);
    KubeObject flaggers = crd("src/test/resources/flagger-crds", plural);

    assertThat(ours.at("metadata")).isEqualTo(flaggers.at("metadata"));
    assertThat(ours.at("spec", "names")).isEqualTo(flaggers.at("spec", "names"));
    assertThat(ours.at("spec", "versions").path(0).path("additionalPrinterColumns"))
        .isEqualTo(flaggers.at("spec", "versions").path(0).path("additionalPrinterColumns"));
  }

  @Test
  void theBlobIsInTheSchema() {
    JsonNode service =
        schema("crds", "canaries")
            .path("properties")
            .path("spec")
            .path("properties")
            .path("service");

    assertThat(service.path("properties").path("trafficPolicy").path("type").stringValue())
        .isEqualTo("object");
  }

  @Test
  void d18_anAddressAndASecretMayStandTogether() {
    JsonNode spec = schema("crds", "alertproviders").path("properties").path("spec");

    assertThat(spec.has("oneOf")).isFalse();
    assertThat(spec.path("anyOf").toString())
        .isEqualTo(
            "[{\"required\":[\"type\",\"address\"]},{\"required\":[\"type\",\"secretRef\"]}]");
  }

  private static void compare(String path, JsonNode schema, Type type, List<String> differences) {
    if (BLOBS.contains(path)) {
      return;
    }
    switch (type) {
      case Class<?> record when record.isRecord() && record != IntOrString.class ->
          compareRecord(path, schema, record, differences);
      case Class<?> scalar -> compareScalar(path, schema, scalar, differences);
      case ParameterizedType list when list.getRawType() == List.class ->
          compare(path + "[]", schema.path("items"), list.getActualTypeArguments()[0], differences);
      case ParameterizedType map when map.getRawType() == Map.class ->
          compare(
              path + ".*",
              schema.path("additionalProperties"),
              map.getActualTypeArguments()[1],
              differences);
      default -> differences.add(path + " has the unexpected type " + type);
    }
  }

  private static void compareRecord(
      String path, JsonNode schema, Class<?> record, List<String> differences) {
    JsonNode properties = schema.path("properties");
    Set<String> components = new TreeSet<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String name = component.getName();
      components.add(name);
      String field = path + "." + name;
      if (properties.has(name)) {
        compare(field, properties.path(name), component.getGenericType(), differences);
      } else if (!isShared(field)) {
        differences.add(field + " is in the record only");
      }
    }
    properties.propertyNames().stream()
        .filter(name -> !components.contains(name))
        .forEach(name -> differences.add(path + "." + name + " is in the schema only"));
  }

  /**
   * LocalRef serves three references and StringMatch all conditions; only some of them have every
   * field.
   */
  private static boolean isShared(String field) {
    boolean suffix =
        field.endsWith(".suffix") && !field.startsWith("spec.analysis.match[].headers");
    return suffix
        || field.equals("spec.ingressRef.namespace")
        || field.equals("spec.routeRef.namespace");
  }

  private static void compareScalar(
      String path, JsonNode schema, Class<?> type, List<String> differences) {
    if (!types(type).contains(schema.path("type").stringValue("int-or-string"))) {
      differences.add(path + " is " + schema.path("type") + " and " + type.getSimpleName());
    }
    if (type.isEnum() && !wireNames(type).equals(values(schema))) {
      differences.add(path + " allows " + values(schema) + " and " + wireNames(type));
    }
  }

  private static Set<String> types(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class) {
      return Set.of("number", "integer");
    }
    if (type == Double.class) {
      return Set.of("number");
    }
    if (type == boolean.class) {
      return Set.of("boolean");
    }
    if (type == IntOrString.class) {
      return Set.of("int-or-string");
    }
    boolean text =
        type == String.class || type == Duration.class || type == Instant.class || type.isEnum();
    return text ? Set.of("string") : Set.of();
  }

  private static Set<String> wireNames(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((WireName) constant).wireName())
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> values(JsonNode schema) {
    return schema
        .path("enum")
        .valueStream()
        .map(JsonNode::stringValue)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Types, defaults, patterns and bounds must be equal, fields and enums may be more. */
  private static void contains(String path, JsonNode theirs, JsonNode ours, List<String> missing) {
    for (String keyword :
        List.of("type", "default", "pattern", "minimum", "maxItems", "required")) {
      if (!theirs.path(keyword).equals(ours.path(keyword))) {
        missing.add(path + " differs in " + keyword);
      }
    }
    if (!values(ours).containsAll(values(theirs))) {
      missing.add(path + " lacks one of " + values(theirs));
    }
    theirs
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              String field = path + "." + entry.getKey();
              JsonNode our = ours.path("properties").path(entry.getKey());
              contains(field, entry.getValue(), our, missing);
            });
    for (String nested : List.of("items", "additionalProperties")) {
      if (theirs.has(nested)) {
        contains(path + "." + nested, theirs.path(nested), ours.path(nested), missing);
      }
    }
  }

  private static void describe(String path, JsonNode schema, List<String> undescribed) {
    for (var entry : schema.path("properties").properties()) {
      String field = path + "." + entry.getKey();
      if (entry.getValue().path("description").stringValue("").isEmpty()) {
        undescribed.add(field);
      }
      describe(field, entry.getValue(), undescribed);
    }
    Stream.of("items", "additionalProperties")
        .filter(schema::has)
        .forEach(nested -> describe(path + "[]", schema.path(nested), undescribed));
  }

  private static JsonNode schema(String folder, String plural) {
    return crd(folder, plural)
        .at("spec", "versions")
        .path(0)
        .path("schema")
        .path("openAPIV3Schema");
  }

  private static KubeObject crd(String folder, String plural) {
    return Yaml.file(Path.of(folder, plural + ".yaml"));
  }
}

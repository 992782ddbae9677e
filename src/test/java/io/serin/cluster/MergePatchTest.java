package io.serin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # from                | to                    | patch
          {}                    | {}                    | {}
          {"a":1}               | {"a":1}               | {}
          {"a":1}               | {"a":1.0}             | {}
          {"a":[1,2]}           | {"a":[1.0,2]}         | {}
          {"a":1}               | {"a":2}               | {"a":2}
          {"a":1}               | {}                    | {"a":null}
          {"a":null}            | {}                    | {}
          {"a":1}               | {"a":null}            | {"a":null}
          {}                    | {"a":null}            | {}
          {}                    | {"a":{}}              | {"a":{}}
          {"a":{"b":1,"c":2}}   | {"a":{"b":1,"c":3}}   | {"a":{"c":3}}
          {"a":{"b":1}}         | {"a":{}}              | {"a":{"b":null}}
          {"a":1}               | {"a":{"b":null}}      | {"a":{}}
          {"a":{"b":1}}         | {"a":[{"b":1}]}       | {"a":[{"b":1}]}
          {"a":[1,2]}           | {"a":[2,1]}           | {"a":[2,1]}
          """)
  void thePatchNamesWhatDiffers(String from, String to, String patch) {
    assertThat(MergePatch.between(tree(from), tree(to))).isEqualTo(tree(patch));
  }

  @Test
  void aNumberBuiltInMemoryEqualsAParsedOne() {
    ObjectNode built = JSON.objectNode();
    built.put("replicas", 3L);

    assertThat(MergePatch.between(tree("{\"replicas\":3}"), built)).isEqualTo(JSON.objectNode());
  }

  @Test
  void applyingChangesNeitherSide() {
    ObjectNode target = tree("{\"a\":{\"b\":1}}");
    ObjectNode patch = tree("{\"a\":{\"b\":null,\"c\":2}}");

    assertThat(MergePatch.apply(target, patch)).isEqualTo(tree("{\"a\":{\"c\":2}}"));
    assertThat(target).isEqualTo(tree("{\"a\":{\"b\":1}}"));
    assertThat(patch).isEqualTo(tree("{\"a\":{\"b\":null,\"c\":2}}"));
  }

  @Property
  void applyingTheDifferenceGivesTheDesired(
      @ForAll("objects") ObjectNode from, @ForAll("objects") ObjectNode to) {
    assertThat(MergePatch.apply(from, MergePatch.between(from, to))).isEqualTo(to);
  }

  @Property
  void anObjectDoesNotDifferFromItself(@ForAll("objects") ObjectNode object) {
    assertThat(MergePatch.between(object, object.deepCopy())).isEqualTo(JSON.objectNode());
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return objects(3);
  }

  private static Arbitrary<ObjectNode> objects(int depth) {
    // Few names, so that the two sides meet.
    return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), values(depth))
        .ofMaxSize(4)
        .map(members -> JSON.objectNode().setAll(members));
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> plain =
        Arbitraries.of(
            JSON.numberNode(1), JSON.numberNode(2), JSON.stringNode("x"), JSON.booleanNode(true));
    if (depth == 0) {
      return plain;
    }
    Arbitrary<JsonNode> list =
        values(depth - 1).list().ofMaxSize(2).map(items -> JSON.arrayNode().addAll(items));
    return Arbitraries.oneOf(plain, list, objects(depth - 1).map(object -> object));
  }

  private static ObjectNode tree(String json) {
    return JsonMapper.shared().readTree(json).asObject();
  }
}

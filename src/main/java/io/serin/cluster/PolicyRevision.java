package io.serin.cluster;

import io.serin.api.Finding;
import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.OwnerRef;
import io.serin.api.PromotionPolicySpec;
import io.serin.api.Sha256;
import io.serin.api.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version of a policy as it is kept in the cluster: a ControllerRevision that goes with the
 * object that the policy is from. Its data cannot be changed and its name is a digest of them, so
 * what was put together by hand is noticed, and a version that is there need not be written.
 */
final class PolicyRevision {

  static final String API_VERSION = "apps/v1";
  static final String KIND = "ControllerRevision";

  /** Raised when an older Serin would misread it. */
  private static final int FORMAT = 1;

  /** More than any object of a cluster holds; what unpacks to more is not read. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final int NAME_BYTES = 10;

  /** With sorted keys: equal policies have equal bytes. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private PolicyRevision() {}

  /**
   * The object to store.
   *
   * @param owner the object that the policy is from
   * @param namespace where it goes
   * @param number larger than that of every earlier version
   */
  static KubeObject of(KubeObject owner, String namespace, PromotionPolicySpec spec, long number) {
    return of(owner, namespace, JSON.writeValueAsBytes(spec.toTree()), number);
  }

  static KubeObject of(KubeObject owner, String namespace, byte[] json, long number) {
    return KubeObject.of(API_VERSION, KIND, namespace, name(owner, json))
        .with(
            tree -> {
              ObjectNode metadata = tree.withObject("metadata");
              metadata.putObject("labels").put(Names.POLICY_VERSION, "true");
              metadata.putArray("ownerReferences").add(OwnerRef.of(owner).entry(true));
              tree.putObject("data").put("format", FORMAT).put("policy", packed(json));
              tree.put("revision", number);
            });
  }

  /** The versions that are kept of the policy that is from that object, in no order. */
  static List<KubeObject> list(World world, KubeObject owner, String namespace) {
    return world.list(API_VERSION, KIND, namespace).stream()
        .filter(stored -> stored.labels().containsKey(Names.POLICY_VERSION))
        .filter(stored -> stored.controllerOwner().filter(by -> isFrom(by, owner)).isPresent())
        .toList();
  }

  /** Another object of the same name is another policy. */
  private static boolean isFrom(OwnerRef by, KubeObject owner) {
    return by.kind().equals(owner.kind()) && by.uid().equals(owner.uid());
  }

  /** What a stored one keeps; what cannot be trusted or understood of it is a problem. */
  static KeptPolicy read(KubeObject stored, KubeObject owner) {
    long format = stored.number(0, "data", "format");
    if (format > FORMAT) {
      return unusable(
          stored.ref(),
          "is of format %d, and this Serin reads %d; update Serin".formatted(format, FORMAT));
    }
    try {
      byte[] json = unpacked(stored.text("", "data", "policy"));
      if (!stored.name().equals(name(owner, json))) {
        return unusable(stored.ref(), "was changed by hand; delete it");
      }
      List<Finding> findings = new ArrayList<>();
      PromotionPolicySpec spec = PromotionPolicySpec.of(JSON.readTree(json), findings);
      return findings.isEmpty()
          ? new KeptPolicy(spec, List.of())
          : unusable(stored.ref(), "holds no policy: " + findings.getFirst());
    } catch (IllegalArgumentException | IOException | JacksonException e) {
      return unusable(stored.ref(), "holds nothing that can be read; delete it");
    }
  }

  private static KeptPolicy unusable(ObjectRef ref, String why) {
    return new KeptPolicy(PromotionPolicySpec.EMPTY, List.of(ref + " " + why));
  }

  private static String name(KubeObject owner, byte[] json) {
    MessageDigest sha = Sha256.start();
    sha.update(owner.uid().getBytes(StandardCharsets.UTF_8));
    sha.update(json);
    return "serin-policy-" + Sha256.end(sha, NAME_BYTES);
  }

  private static String packed(byte[] json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static byte[] unpacked(String text) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(text);
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] json = zip.readNBytes(MOST_BYTES + 1);
      if (json.length > MOST_BYTES) {
        throw new IOException("larger than any policy");
      }
      return json;
    }
  }
}

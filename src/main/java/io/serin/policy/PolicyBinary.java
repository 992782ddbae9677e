package io.serin.policy;

import io.serin.policy.profile.Vocabulary;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.drools.model.Model;

/**
 * A compiled policy as a file, for the policy that is compiled when Serin is built. Read back by
 * the same build only: it carries the version of the engine and of the vocabulary.
 */
final class PolicyBinary {

  private static final int MAGIC = 0x53_52_4e_32;
  private static final int MOST = 100_000;

  private PolicyBinary() {}

  /** What compiled code depends on beside its source. */
  static String platform() {
    String drools = Model.class.getPackage().getImplementationVersion();
    return drools + "/" + Vocabulary.fingerprint();
  }

  static void write(CompiledPolicy policy, OutputStream to) throws IOException {
    if (!policy.source().settings().isEmpty()) {
      throw new IllegalArgumentException("a policy with settings cannot be compiled ahead");
    }
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
    out.writeInt(MAGIC);
    out.writeUTF(platform());
    out.writeUTF(policy.digest());
    out.writeInt(policy.source().files().size());
    for (DrlFile file : policy.source().files()) {
      out.writeUTF(file.name());
      bytes(out, file.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    out.writeInt(policy.rules().size());
    for (RuleInfo rule : policy.rules()) {
      out.writeUTF(rule.name());
      out.writeUTF(rule.file());
      out.writeInt(rule.line());
      out.writeBoolean(rule.asks());
      out.writeInt(rule.joined().size());
      for (List<String> way : rule.joined()) {
        out.writeUTF(String.join(",", way));
      }
    }
    out.writeInt(policy.classes().size());
    for (var e : new TreeMap<>(policy.classes()).entrySet()) {
      out.writeUTF(e.getKey());
      bytes(out, e.getValue());
    }
    out.flush();
  }

  static Stored read(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(from));
    if (in.readInt() != MAGIC) {
      throw new IOException("is not a compiled policy");
    }
    String platform = in.readUTF();
    String digest = in.readUTF();
    List<DrlFile> files = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      files.add(new DrlFile(in.readUTF(), text(in)));
    }
    List<RuleInfo> rules = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      rules.add(
          new RuleInfo(in.readUTF(), in.readUTF(), in.readInt(), in.readBoolean(), joined(in)));
    }
    Map<String, byte[]> classes = new HashMap<>();
    for (int left = count(in); left > 0; left--) {
      classes.put(in.readUTF(), in.readNBytes(in.readInt()));
    }
    return new Stored(
        platform, new CompiledPolicy(new PolicySource(files), digest, rules, classes));
  }

  private static List<List<String>> joined(DataInputStream in) throws IOException {
    List<List<String>> joined = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      joined.add(List.of(in.readUTF().split(",")));
    }
    return joined;
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("is damaged");
    }
    return count;
  }

  /** A policy read from a file and what it was compiled for. */
  record Stored(String platform, CompiledPolicy policy) {}
}

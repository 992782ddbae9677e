package io.serin.testing;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The command lines of the programs, and the files that they are given. */
record KubeControlPlane(
    KubeAssets assets, WorkFolder folder, int etcdPort, int etcdPeerPort, int apiPort) {
  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: Metadata
      """;

  static KubeControlPlane prepare(KubeAssets assets, WorkFolder folder, KubeUsers users) {
    folder.write("tokens.csv", users.csv());
    folder.write("sa.key", newPrivateKey());
    folder.write("audit-policy.yaml", AUDIT_POLICY);
    return new KubeControlPlane(
        assets, folder, FreePorts.next(), FreePorts.next(), FreePorts.next());
  }

  Path certificate() {
    return folder.data().resolve("certs/apiserver.crt");
  }

  Path auditLog() {
    return folder.logs().resolve("audit.jsonl");
  }

  Path log(String program) {
    return folder.logs().resolve(program + ".log");
  }

  List<String> etcd() {
    return List.of(
        assets.etcd(),
        "--data-dir=" + file("etcd"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + etcdUrl(),
        "--advertise-client-urls=" + etcdUrl(),
        "--listen-peer-urls=http://127.0.0.1:" + etcdPeerPort);
  }

  List<String> apiServer() {
    return List.of(
        assets.apiServer(),
        "--etcd-servers=" + etcdUrl(),
        "--secure-port=" + apiPort,
        "--bind-address=127.0.0.1",
        // Without these two it looks for a default route, which a sandbox may not have.
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--cert-dir=" + file("certs"),
        "--service-account-issuer=https://localhost",
        "--service-account-key-file=" + file("sa.key"),
        "--service-account-signing-key-file=" + file("sa.key"),
        "--token-auth-file=" + file("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.0.0.0/12",
        "--disable-admission-plugins=ServiceAccount",
        "--audit-policy-file=" + file("audit-policy.yaml"),
        "--audit-log-path=" + auditLog(),
        // In MB: no rotation within a test run, so that nothing counted gets lost.
        "--audit-log-maxsize=4096");
  }

  List<String> controllerManager(String adminToken, List<String> controllers) {
    Path kubeconfig = folder.write("kubeconfig", kubeconfig(adminToken));
    return List.of(
        assets.controllerManager(),
        "--kubeconfig=" + kubeconfig,
        "--service-account-private-key-file=" + file("sa.key"),
        "--leader-elect=false",
        "--use-service-account-credentials=false",
        "--bind-address=127.0.0.1",
        "--secure-port=" + FreePorts.next(),
        "--cert-dir=" + file("certs-manager"),
        "--controllers=" + String.join(",", controllers));
  }

  private Path file(String name) {
    return folder.data().resolve(name);
  }

  private String etcdUrl() {
    return "http://127.0.0.1:" + etcdPort;
  }

  private String kubeconfig(String token) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    clusters:
    - name: test
      cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}
    users:
    - name: admin
      user: {token: "%s"}
    contexts:
    - name: test
      context: {cluster: test, user: admin}
    """
        .formatted(apiPort, certificate(), token);
  }

  private static String newPrivateKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
          .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no RSA", e);
    }
  }
}

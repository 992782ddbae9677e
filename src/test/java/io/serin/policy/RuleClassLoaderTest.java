package io.serin.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second wall: what a class file could want that got past the profile. */
class RuleClassLoaderTest {

  private static final ClassDesc HOSTILE = ClassDesc.of("serin.rules.Hostile");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Runtime",
        "java.lang.System",
        "java.lang.Process",
        "java.lang.ProcessBuilder",
        "java.lang.ProcessHandle",
        "java.lang.Thread",
        "java.lang.ThreadGroup",
        "java.lang.ThreadLocal",
        "java.lang.ClassLoader",
        "java.lang.Module",
        "java.lang.ModuleLayer",
        "java.lang.StackWalker",
        "java.lang.foreign.Linker",
        "java.lang.foreign.Arena",
        "java.lang.invoke.VarHandle",
        "java.lang.invoke.MethodHandleProxies",
        "java.lang.reflect.Method",
        "java.lang.reflect.Field",
        "java.lang.reflect.Constructor",
        "java.lang.reflect.Proxy",
        "java.lang.ref.Cleaner",
        "java.io.File",
        "java.io.FileInputStream",
        "java.io.FileOutputStream",
        "java.io.RandomAccessFile",
        "java.io.ObjectInputStream",
        "java.io.PrintStream",
        "java.net.Socket",
        "java.net.ServerSocket",
        "java.net.URL",
        "java.net.URI",
        "java.net.URLClassLoader",
        "java.net.InetAddress",
        "java.net.http.HttpClient",
        "java.nio.file.Files",
        "java.nio.file.Path",
        "java.nio.channels.SocketChannel",
        "java.nio.channels.FileChannel",
        "java.util.ServiceLoader",
        "java.util.Scanner",
        "java.util.Timer",
        "java.util.Properties",
        "java.util.stream.Stream",
        "java.util.concurrent.ForkJoinPool",
        "java.util.concurrent.Executors",
        "java.util.concurrent.CompletableFuture",
        "java.util.regex.Pattern",
        "java.util.logging.Logger",
        "java.sql.DriverManager",
        "javax.naming.InitialContext",
        "javax.script.ScriptEngineManager",
        "javax.management.MBeanServer",
        "sun.misc.Unsafe",
        "jdk.internal.misc.Unsafe",
        "com.sun.tools.attach.VirtualMachine",
        "io.serin.policy.Policy",
        "io.serin.policy.PolicyCompiler",
        "io.serin.policy.RuleClassLoader",
        "io.serin.api.Canary",
        "io.fabric8.kubernetes.client.KubernetesClient",
        "org.apache.hc.client5.http.classic.HttpClient",
        "org.slf4j.LoggerFactory",
        "org.drools.core.util.MVELSafeHelper",
        "org.drools.model.codegen.ExecutableModelProject",
        "org.drools.modelcompiler.KieBaseBuilder",
        "org.drools.core.base.accumulators.CollectListAccumulateFunction",
        "org.drools.core.base.accumulators.MVELAccumulatorFunctionExecutor",
        "org.kie.api.KieServices",
        "com.thoughtworks.xstream.XStream"
      })
  void rulesCannotHaveThatClass(String name) {
    RuleClassLoader loader = new RuleClassLoader(Map.of());

    assertThatThrownBy(() -> loader.loadClass(name))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessageContaining("not among the classes");
  }

  @Test
  void aClassFileThatReadsClassesByNameIsRefusedBeforeItIsDefined() {
    byte[] code =
        calling(
            "java.lang.Class",
            "forName",
            MethodTypeDesc.of(ConstantDescs.CD_Class, ConstantDescs.CD_String));

    assertRefused(code, "java.lang.Class.forName");
  }

  @Test
  void aClassFileThatLooksMethodsUpIsRefusedBeforeItIsDefined() {
    byte[] code =
        calling(
            "java.lang.invoke.MethodHandles",
            "lookup",
            MethodTypeDesc.of(ConstantDescs.CD_MethodHandles_Lookup));

    assertRefused(code, "java.lang.invoke.MethodHandles.lookup");
  }

  @Test
  void aClassFileThatSetsASystemPropertyIsRefusedBeforeItIsDefined() {
    byte[] code =
        calling(
            "java.lang.System",
            "setProperty",
            MethodTypeDesc.of(
                ConstantDescs.CD_String, ConstantDescs.CD_String, ConstantDescs.CD_String));

    assertRefused(code, "java.lang.System.setProperty");
  }

  @Test
  void aClassOfAnotherPackageIsRefused() {
    byte[] code = ClassFile.of().build(ClassDesc.of("io.serin.policy.Evil"), b -> {});

    assertThatThrownBy(() -> RuleByteCode.check(Map.of("io.serin.policy.Evil", code)))
        .hasMessageContaining("not in the package of rules");
  }

  @Test
  void whatIsNoClassFileIsRefused() {
    assertThatThrownBy(() -> RuleByteCode.check(Map.of("serin.rules.X", new byte[] {1, 2, 3})))
        .hasMessageContaining("not a class file");
  }

  private static void assertRefused(byte[] code, String member) {
    CompiledPolicy policy =
        new CompiledPolicy(
            new PolicySource(List.of()), "0", List.of(), Map.of("serin.rules.Hostile", code));

    assertThatThrownBy(() -> Policy.load(policy))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("wants " + member + ", which rules may not have");
    assertThat(System.getProperty("serin.hostile")).isNull();
  }

  /** A class whose static initialiser calls that method with nulls. */
  private static byte[] calling(String owner, String method, MethodTypeDesc type) {
    return ClassFile.of()
        .build(
            HOSTILE,
            b ->
                b.withMethodBody(
                    "<clinit>",
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_STATIC,
                    c -> {
                      type.parameterList().forEach(p -> c.aconst_null());
                      c.invokestatic(ClassDesc.of(owner), method, type).pop().return_();
                    }));
  }
}

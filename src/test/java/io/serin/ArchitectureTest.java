package io.serin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the arrows between the rooms, and the habits that a compiler does not check. */
class ArchitectureTest {
  private static final String ROOT = "io.serin";

  /** What each room may see of the other rooms. A new room gets a line here. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("api", Set.of()),
          entry("fact", Set.of("api")),
          entry("calendar", Set.of("api", "fact")),
          entry("policy", Set.of("fact", "api")),
          entry(
              "rollout",
              Set.of(
                  "fact",
                  "policy",
                  "api",
                  "workload",
                  "traffic",
                  "metric",
                  "webhook",
                  "alert",
                  "calendar",
                  "cluster")),
          entry("workload", Set.of("api", "fact")),
          entry("traffic", Set.of("api", "fact")),
          entry("http", Set.of()),
          entry("metric", Set.of("api", "fact", "http")),
          entry("webhook", Set.of("api", "fact", "http")),
          entry("alert", Set.of("api", "fact", "http")),
          entry("cluster", Set.of("api")),
          entry("record", Set.of("api", "fact", "policy", "rollout")),
          // Reads what the others hold; nothing that writes to a cluster or calls a provider.
          entry("server", Set.of("api", "fact", "policy", "rollout", "record")),
          entry("loadtester", Set.of()));

  private static final Set<String> SEE_EVERYTHING = Set.of("demo", "cli");
  private static final List<String> ROOMS =
      Stream.concat(ARROWS.keySet().stream(), SEE_EVERYTHING.stream()).sorted().toList();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void theTestSawClasses(TestReporter reporter) {
    List<String> empty = ROOMS.stream().filter(room -> size(room) == 0).toList();
    reporter.publishEntry("rooms without classes", String.join(", ", empty));

    assertThat(CLASSES).anyMatch(ArchitectureTest::inAnyRoom);
  }

  @Test
  void everyClassIsInARoom() {
    assertThat(CLASSES)
        .filteredOn(c -> !inAnyRoom(c) && !c.getSimpleName().equals("package-info"))
        .as("classes outside the known rooms %s", ROOMS)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("roomsWithArrows")
  void aRoomSeesOnlyWhatItMay(String room) {
    Set<String> allowed = ARROWS.getOrDefault(room, Set.of());
    DescribedPredicate<JavaClass> forbidden =
        describe(
            "are in a room other than %s %s".formatted(room, allowed),
            c -> isOurs(c) && !roomOf(c).equals(room) && !allowed.contains(roomOf(c)));
    noClasses()
        .that(resideInAPackage(inside(room)))
        .should()
        .dependOnClassesThat(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void roomsHaveNoCycles() {
    slices()
        .matching(ROOT + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyClusterAndDemoKnowTheKubernetesClient() {
    noClasses()
        .that(resideInAnyPackageOutside("cluster", "demo"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.getClasses().isEmpty() && !isNullMarked(p))
                .map(JavaPackage::getName))
        .as("packages without a package-info that says @NullMarked")
        .isEmpty();
  }

  @Test
  void onlyCommandsAndDemoPrint() {
    noClasses()
        .that(resideInAnyPackageOutside("cli", "demo"))
        .should(ACCESS_STANDARD_STREAMS)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theClockIsGivenRatherThanRead() {
    noClasses()
        .that(resideInAnyPackageOutside("cli", "server", "demo"))
        .should()
        .callMethodWhere(describe("reads the system's clock", ArchitectureTest::readsClock))
        .because("the clock is a constructor argument (java.time.InstantSource)")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothingLogsThroughJavaUtilLogging() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.serin.cli.Logging")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging")
        .because("only the set-up of logging silences what libraries log that way")
        .check(CLASSES);
  }

  @Test
  void exceptionsAreNamed() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
  }

  static Set<String> roomsWithArrows() {
    return ARROWS.keySet();
  }

  private static boolean readsClock(JavaMethodCall call) {
    CodeUnitCallTarget target = call.getTarget();
    JavaClass owner = target.getOwner();
    boolean systemTime =
        owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
    boolean noArgumentNow =
        owner.getPackageName().equals("java.time")
            && target.getName().equals("now")
            && target.getRawParameterTypes().isEmpty();
    return systemTime || noArgumentNow;
  }

  private static boolean isNullMarked(JavaPackage javaPackage) {
    return javaPackage
        .tryGetPackageInfo()
        .filter(info -> info.isAnnotatedWith(NullMarked.class))
        .isPresent();
  }

  private static long size(String room) {
    return CLASSES.stream().filter(c -> isOurs(c) && roomOf(c).equals(room)).count();
  }

  private static boolean inAnyRoom(JavaClass javaClass) {
    return ROOMS.contains(roomOf(javaClass));
  }

  private static boolean isOurs(JavaClass javaClass) {
    return javaClass.getPackageName().startsWith(ROOT + ".");
  }

  /** The first package below the root; empty for the root itself. */
  private static String roomOf(JavaClass javaClass) {
    String[] names = javaClass.getPackageName().split("\\.", -1);
    return names.length > 2 ? names[2] : "";
  }

  private static String inside(String room) {
    return ROOT + "." + room + "..";
  }

  private static DescribedPredicate<JavaClass> resideInAnyPackageOutside(String... rooms) {
    String[] packages = Arrays.stream(rooms).map(ArchitectureTest::inside).toArray(String[]::new);
    return DescribedPredicate.not(resideInAnyPackage(packages));
  }
}

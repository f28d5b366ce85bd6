package dev.requorum.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The arrows between the modules")
class DependencyRulesTest {

  private static final String PORTS = "dev.requorum.ports..";
  private static final String CORE = "dev.requorum.core..";
  private static final String JETCD = "dev.requorum.jetcd..";
  private static final String FABRIC8 = "dev.requorum.fabric8..";
  private static final String OPERATOR = "dev.requorum.operator..";

  private static final Set<String> IMPURE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.time.InstantSource.system",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  /**
   * {@code now()} of java.time, and what System, InstantSource, Math and UUID offer of the kind.
   */
  private static final DescribedPredicate<JavaMethodCall> READS_A_CLOCK_OR_DRAWS =
      DescribedPredicate.describe(
          "a clock is read, or a random number drawn",
          call -> {
            String owner = call.getTargetOwner().getName();
            String method = call.getName();
            return (owner.startsWith("java.time.") && method.equals("now"))
                || IMPURE.contains(owner + "." + method);
          });

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("tests.jar"))
          .importPackages("dev.requorum");

  @Test
  @DisplayName("Ports know nothing but java.*")
  void ports() {
    check(classes().that().resideInAPackage(PORTS), PORTS);
  }

  @Test
  @DisplayName("The core knows the ports and java.*, and nothing else")
  void core() {
    check(classes().that().resideInAPackage(CORE), CORE, PORTS);
  }

  @ParameterizedTest(name = "{0} does not see {1}")
  @CsvSource({
    JETCD + "," + CORE,
    JETCD + "," + FABRIC8,
    JETCD + "," + OPERATOR,
    FABRIC8 + "," + CORE,
    FABRIC8 + "," + JETCD,
    FABRIC8 + "," + OPERATOR,
    CORE + "," + JETCD,
    CORE + "," + FABRIC8,
    CORE + "," + OPERATOR,
  })
  @DisplayName("Adapters see neither the core nor each other, and nobody sees the operator")
  void apart(String from, String to) {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(from)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(to);
    rule.check(CLASSES);
  }

  @Test
  @DisplayName("jetcd and gRPC stay in their adapter, and only it speaks to etcd")
  void etcdLibraries() {
    noClasses()
        .that(not(resideInAPackage(JETCD)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.etcd..", "io.grpc..", "io.vertx..", "com.google.protobuf..")
        .check(CLASSES);
  }

  /** What a digest takes: the same text has the same one, always and everywhere. */
  private static final DescribedPredicate<JavaClass> A_DIGEST =
      type(MessageDigest.class)
          .or(type(NoSuchAlgorithmException.class))
          .or(type(StandardCharsets.class))
          .or(type(Charset.class));

  @Test
  @DisplayName(
      "The core and the ports have no clock, no logger, no thread, no I/O and no randomness")
  void pure() {
    noClasses()
        .that(resideInAnyPackage(CORE, PORTS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..")
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("java.nio..", "java.security..").and(not(A_DIGEST)))
        .orShould()
        .dependOnClassesThat(resideInAPackage("java.io..").and(not(type(OutputStream.class))))
        .orShould()
        .dependOnClassesThat(resideInAPackage("java.net..").and(not(type(URI.class))))
        .orShould()
        .dependOnClassesThat(resideInAPackage("java.util.concurrent..").or(type(Thread.class)))
        .orShould()
        .dependOnClassesThat(type(Clock.class).or(type(Random.class)).or(type(Timer.class)))
        .orShould()
        .callMethodWhere(READS_A_CLOCK_OR_DRAWS)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {PORTS, CORE, JETCD, FABRIC8, OPERATOR})
  @DisplayName("Each of the packages that the rules speak of has classes")
  void notVacuous(String identifier) {
    List<JavaClass> matched = CLASSES.stream().filter(resideInAPackage(identifier)::test).toList();

    assertThat(matched).isNotEmpty();
  }

  private static void check(
      com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction classes,
      String... allowed) {
    String[] all = new String[allowed.length + 1];
    System.arraycopy(allowed, 0, all, 0, allowed.length);
    all[allowed.length] = "java..";
    classes.should().onlyDependOnClassesThat().resideInAnyPackage(all).check(CLASSES);
  }
}

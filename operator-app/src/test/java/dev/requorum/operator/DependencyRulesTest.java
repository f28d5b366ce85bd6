package dev.requorum.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
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

  @Test
  @DisplayName("The core and the ports have no clock, no thread, no I/O and no logger")
  void pure() {
    noClasses()
        .that(resideInAnyPackage(CORE, PORTS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.util.logging..", "org.slf4j..")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
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

package dev.segue.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the rules of `engine/docs/architecture.md` over the four modules that have packages.
class ArchitectureTest {
  private static final String KERNELS = "dev.segue.kernels..";
  private static final String DATA = "dev.segue.data..";
  private static final String ENGINE = "dev.segue.engine..";
  private static final String SERVER = "dev.segue.server..";
  private static final String[] LIBRARIES = {KERNELS, DATA, ENGINE};

  private static JavaClasses segue;

  @BeforeAll
  static void importClasses() {
    segue =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.segue");
  }

  @Test
  void allFourModulesAreSeen() {
    assertThat(segue.stream().map(type -> type.getPackageName().split("\\.", -1)[2]).distinct())
        .containsExactlyInAnyOrder("kernels", "data", "engine", "server");
  }

  @Test
  void vectorInstructionsStayInKernels() {
    noClasses()
        .that()
        .resideOutsideOfPackage(KERNELS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(segue);
  }

  @Test
  void foreignMemoryStaysInKernelsAndData() {
    noClasses()
        .that()
        .resideOutsideOfPackages(KERNELS, DATA)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(segue);
  }

  @Test
  void kernelsKnowNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage(KERNELS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DATA, ENGINE, SERVER)
        .check(segue);
  }

  @Test
  void dataKnowsNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage(DATA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KERNELS, ENGINE, SERVER)
        .check(segue);
  }

  @Test
  void engineKnowsNeitherHttpNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            SERVER,
            "java.net.http..",
            "com.sun.net.httpserver..",
            "jakarta.servlet..",
            "org.eclipse.jetty..",
            "io.javalin..",
            "picocli..",
            "me.tongfei..")
        .check(segue);
  }

  @Test
  void librariesDoNotPrint() {
    noClasses().that().resideInAnyPackage(LIBRARIES).should(ACCESS_STANDARD_STREAMS).check(segue);
  }

  @Test
  void librariesDoNotEndTheProcess() {
    noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(segue);
  }

  @Test
  void nothingButTheServerDependsOnIt() {
    classes()
        .that()
        .resideInAPackage(SERVER)
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage(SERVER)
        .check(segue);
  }

  @Test
  void staticsAreFinal() {
    fields().that().areStatic().should().beFinal().check(segue);
  }
}

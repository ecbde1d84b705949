package io.diskmemo.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages follow the pipeline. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.diskmemo.processor");

  @Test
  void validateAndWriteMeetInTheModelOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("processor")
        .definedBy("io.diskmemo.processor")
        .layer("validate")
        .definedBy("..internal.validate")
        .layer("model")
        .definedBy("..internal.model")
        .layer("write")
        .definedBy("..internal.write")
        .whereLayer("processor")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("validate")
        .mayOnlyBeAccessedByLayers("processor")
        .whereLayer("write")
        .mayOnlyBeAccessedByLayers("processor")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("processor", "validate", "write")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.diskmemo.processor.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void processorDoesNotNeedTheRuntime() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.diskmemo", "io.diskmemo.generated", "io.diskmemo.key", "io.diskmemo.codec")
        .check(CLASSES);
  }
}

package io.roomrouting.examples.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.roomrouting.examples.structure.LibraryModule.CORE;
import static io.roomrouting.examples.structure.LibraryModule.TESTKIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may depend on whom, and what the library's modules never do. */
class ArchitectureTest {

    private static final String EXAMPLES = "io.roomrouting.examples..";
    private static final int EXAMPLES_FLOOR = 20;

    private static JavaClasses imported;

    @BeforeAll
    static void importClasses() {
        imported = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.roomrouting");
    }

    @ParameterizedTest
    @FieldSource("io.roomrouting.examples.structure.LibraryModule#ALL")
    void aModuleDependsOnCoreAndItsOneTechnologyOnly(LibraryModule module) {
        check(
                classes().should().onlyDependOnClassesThat().resideInAnyPackage(module.allowedPackages()),
                classesOf(module));
    }

    @Test
    void everyClassBelongsToAKnownModule() {
        String[] known = LibraryModule.packagesOf(LibraryModule.ALL);

        assertThat(everything().that(resideOutsideOfPackages(known)).that(resideOutsideOfPackage(EXAMPLES)))
                .isEmpty();
    }

    @Test
    void onlyCoreAndTheTestKitUseTheInternals() {
        String[] insiders = LibraryModule.packagesOf(List.of(CORE, TESTKIT));

        check(
                noClasses().should().dependOnClassesThat().resideInAPackage("io.roomrouting.internal.."),
                everything().that(resideOutsideOfPackages(insiders)));
    }

    @Test
    void namesSayWhatAClassIs() {
        check(noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper|Data|Info)(\\$.*)?"), everything());
    }

    @Test
    void theLibraryLogsThroughSlf4jOnly() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, library());
        check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS, library());
    }

    @Test
    void theLibraryReadsTheWallClockInOnePlace() {
        check(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("io.roomrouting.SystemTime")
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Instant.class, "now"),
                library());
    }

    @Test
    void theLibraryNeverSleepsAndNeverEndsTheProcess() {
        check(
                noClasses()
                        .should()
                        .callMethod(Thread.class, "sleep", long.class)
                        .orShould()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class),
                library());
    }

    @Test
    void theLibraryThrowsExceptionsThatSayWhatIsWrong() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS, library());
    }

    @Test
    void onlyTheOperatorsListenerUsesMetricsSoThatWithoutItNoneAreLoaded() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.micrometer..", "io.prometheus..", "io.roomrouting.micrometer.."),
                imported.that(resideInAPackage(EXAMPLES))
                        .that(resideOutsideOfPackage("io.roomrouting.examples.admin")));
        check(
                noClasses()
                        .that()
                        .haveSimpleNameStartingWith("NoAdmin")
                        .or()
                        .haveSimpleName("AdminListener")
                        .or()
                        .haveSimpleName("AdminSettings")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("io.micrometer..", "io.prometheus..", "io.roomrouting.micrometer.."),
                imported.that(resideInAPackage("io.roomrouting.examples.admin")));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(everything().stream().map(JavaClass::getPackage).distinct())
                .filteredOn(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .isEmpty();
    }

    private static void check(ArchRule rule, JavaClasses classes) {
        // The floors take the place of ArchUnit's own, weaker check against empty sets.
        rule.allowEmptyShould(true).check(classes);
    }

    private static JavaClasses classesOf(LibraryModule module) {
        return atLeast(module.floor(), imported.that(module.classes()), module.name());
    }

    private static JavaClasses library() {
        LibraryModule.ALL.forEach(ArchitectureTest::classesOf);
        return imported.that(resideOutsideOfPackage(EXAMPLES));
    }

    private static JavaClasses everything() {
        LibraryModule.ALL.forEach(ArchitectureTest::classesOf);
        atLeast(EXAMPLES_FLOOR, imported.that(resideInAPackage(EXAMPLES)), "examples");
        return imported;
    }

    private static JavaClasses atLeast(int floor, JavaClasses classes, String module) {
        assertThat(classes).as("classes seen of " + module).hasSizeGreaterThan(floor);
        return classes;
    }
}

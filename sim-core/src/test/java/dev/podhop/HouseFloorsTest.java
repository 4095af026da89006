package dev.podhop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom: {@link Floors} is the table, and nothing is exempt from it. */
class HouseFloorsTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.podhop");

    private static final JavaClasses VIOLATING =
            new ClassFileImporter().importPackages("dev.podhop.violating");

    @Test
    void everyPackageKnowsOnlyLowerFloors() {
        classes().should(new Floors("dev.podhop")).check(HOUSE);
    }

    @Test
    void noTwoPackagesKnowEachOther() {
        slices().matching("dev.podhop.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void whoLooksUpOrStandsNowhereIsFound() {
        List<String> found = classes().should(new Floors("dev.podhop.violating"))
                .evaluate(VIOLATING).getFailureReport().getDetails();

        assertThat(found).anyMatch(text -> text.contains("LooksUp.hop"))
                .anyMatch(text -> text.contains("StandsNowhere stands on no floor"))
                .noneMatch(text -> text.startsWith("Class <dev.podhop.violating.trace"));
        assertThat(slices().matching("dev.podhop.violating.(**)").should().beFreeOfCycles()
                .evaluate(VIOLATING).hasViolation()).isTrue();
    }
}

package dev.podhop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom: {@link Floors} is the table, and nothing is exempt from it. */
class HouseFloorsTest {

    @Test
    void everyPackageKnowsOnlyLowerFloors() {
        classes().should(new Floors("dev.podhop")).check(House.CLASSES);
    }

    @Test
    void noTwoPackagesKnowEachOther() {
        slices().matching("dev.podhop.(**)").should().beFreeOfCycles().check(House.CLASSES);
    }

    @Test
    void whoLooksUpOrStandsNowhereIsFound() {
        List<String> found = classes().should(new Floors("dev.podhop.violating"))
                .evaluate(House.VIOLATING).getFailureReport().getDetails();

        assertThat(found).anyMatch(text -> text.contains("LooksUp.hop"))
                .anyMatch(text -> text.contains("StandsNowhere stands on no floor"))
                .noneMatch(text -> text.contains("TracedHop.engine"));
        assertThat(slices().matching("dev.podhop.violating.(**)").should().beFreeOfCycles()
                .evaluate(House.VIOLATING).hasViolation()).isTrue();
    }
}

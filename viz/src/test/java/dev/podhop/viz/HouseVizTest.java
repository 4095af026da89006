package dev.podhop.viz;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who in the viewer may know whom. */
class HouseVizTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.podhop.viz");

    /** The page for a browser has no controls, and takes what it writes from all of them. */
    @Test
    void onlyViewModelsRecordingsAndThePageSeeResults() {
        noClasses().that().haveNameNotMatching(".*ViewModel(\\$.*)?")
                .and().resideOutsideOfPackages("dev.podhop.viz.recording", "dev.podhop.viz.page")
                .should().dependOnClassesThat().resideInAnyPackage("dev.podhop.run..",
                        "dev.podhop.trace..", "dev.podhop.packet..", "dev.podhop.netstack..",
                        "dev.podhop.cluster..", "dev.podhop.workload..")
                .check(CLASSES);
    }

    @Test
    void viewModelsKnowNoControls() {
        noClasses().that().haveNameMatching(".*ViewModel(\\$.*)?")
                .or().resideInAnyPackage("dev.podhop.viz.recording", "dev.podhop.viz.page")
                .should().dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..").check(CLASSES);
    }

    @Test
    void packagesDoNotKnowEachOtherInCircles() {
        slices().matching("dev.podhop.viz.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noPaneKnowsAnother() {
        String[] panes = {"topology", "events", "lanes", "inspector", "lesson", "compare",
            "whatif", "start"};
        for (String pane : panes) {
            for (String other : panes) {
                if (!pane.equals(other)) {
                    noClasses().that().resideInAPackage("dev.podhop.viz." + pane)
                            .should().dependOnClassesThat()
                            .resideInAPackage("dev.podhop.viz." + other).check(CLASSES);
                }
            }
        }
    }
}

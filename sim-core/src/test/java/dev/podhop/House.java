package dev.podhop;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;

/** The classes that the architecture's tests read; read once, it takes seconds. */
final class House {

    /** Where the tests are, whichever tool compiled them. */
    private static final String TESTS =
            House.class.getProtectionDomain().getCodeSource().getLocation().toString();

    /** All of sim-core without its tests. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(House::isNoTest)
            .importPackages("dev.podhop");

    /** Classes that break every rule, so that each test is seen to find what it looks for. */
    static final JavaClasses VIOLATING =
            new ClassFileImporter().importPackages("dev.podhop.violating");

    private House() {}

    private static boolean isNoTest(Location location) {
        return !location.contains(TESTS);
    }
}

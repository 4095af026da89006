package dev.podhop;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that the architecture's tests read; read once, it takes seconds. */
final class House {

    /** All of sim-core without its tests. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.podhop");

    /** Classes that break every rule, so that each test is seen to find what it looks for. */
    static final JavaClasses VIOLATING =
            new ClassFileImporter().importPackages("dev.podhop.violating");

    private House() {}
}

package dev.podhop.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bundle's file as it stands: a bundle hides repeated keys, and adds those of its parent. */
final class PropertiesFile {

    private static final Path FOLDER = Path.of("src/main/resources/dev/podhop/reports");

    private PropertiesFile() {}

    /** The keys of a file, in order, repeated ones too. */
    static List<String> keys(String name) {
        try {
            List<String> keys = new ArrayList<>();
            boolean continued = false;
            for (String line : Files.readAllLines(FOLDER.resolve(name))) {
                if (!continued && line.contains("=") && !line.startsWith("#")) {
                    keys.add(line.substring(0, line.indexOf('=')));
                }
                continued = line.endsWith("\\");
            }
            return keys;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

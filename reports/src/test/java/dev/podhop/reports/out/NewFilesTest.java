package dev.podhop.reports.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are there as a whole or not at all. */
class NewFilesTest {

    @TempDir
    Path folder;

    @Test
    void aFileTakesItsPlaceAndFoldersAreMade() throws IOException {
        Path place = folder.resolve("a/b/new.txt");

        NewFiles.write(place, "one");
        NewFiles.write(place, "two");

        assertThat(place).hasContent("two");
        assertThat(names(place.getParent())).containsExactly("new.txt");
    }

    @Test
    void whatFailsHalfWayLeavesTheOldFilesAndNothingElse() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "old");
        Path second = folder.resolve("second");
        NewFiles files = new NewFiles();
        files.add(first, NewFiles.text("new"));

        assertThatThrownBy(() -> files.add(second, out -> {
            out.write(1);
            throw new IOException("No space left on device");
        })).hasMessage("No space left on device");

        assertThat(first).hasContent("old");
        assertThat(names(folder)).containsExactly("first");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("report.md"), victim);

        assertThatThrownBy(() -> NewFiles.write(link, "x"))
                .satisfies(e -> assertThat(NewFiles.why((IOException) e))
                        .isEqualTo("it is a symbolic link, which is not followed"));

        assertThat(victim).hasContent("precious");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(names(folder)).containsExactly("report.md", "victim");
    }

    @Test
    void aFolderOrADeviceStaysWhatItIs() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("x.png"));

        assertThatThrownBy(() -> NewFiles.write(inTheWay, "x"))
                .satisfies(e -> assertThat(NewFiles.why((IOException) e))
                        .isEqualTo("it is a folder"));
        Path device = Path.of("/dev/full");
        assumeTrue(Files.exists(device));
        assertThatThrownBy(() -> NewFiles.write(device, "x"))
                .satisfies(e -> assertThat(NewFiles.why((IOException) e))
                        .isEqualTo("it is no regular file"));
    }

    @Test
    void aFileThatShouldBeAFolderIsToldAsOne() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> NewFiles.write(file.resolve("report.md"), "x"))
                .satisfies(e -> assertThat(NewFiles.why((IOException) e))
                        .isEqualTo("it is a file"));
    }

    private static Stream<String> names(Path of) throws IOException {
        try (Stream<Path> inside = Files.list(of)) {
            return inside.map(each -> each.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** What somebody has put where a file is to be made is neither followed nor written over. */
    @Test
    void whatStandsBesideIsNotWrittenOver() throws IOException {
        Path beside = folder.resolve(
                ".report.md." + ProcessHandle.current().pid() + ".0.new");
        Files.writeString(beside, "somebody's");

        assertThatThrownBy(() -> NewFiles.write(folder.resolve("report.md"), "ours"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("report.md")).doesNotExist();
    }
}

package dev.podhop.viz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.export.Frames;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Session;
import dev.podhop.viz.window.Workbench;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures, drawn without a screen. */
class PicturesTest {

    /** Pictures are compared this much smaller: which font a machine has does not matter then. */
    private static final int COARSE = 24;
    /** Mean difference of a colour, of 255. */
    private static final double TOLERATED = 5;
    private static final Recording HAIRPIN = Recordings.hairpin();

    private static BufferedImage draw(Recording recording, Palette palette, int width, int height,
            String find) {
        return Fx.call(() -> {
            Look look = new Look(palette, ViewerWords.in(Locale.ENGLISH));
            look.apply();
            Session session = Recordings.session(recording);
            Scene scene =
                    Pictures.scene(new Workbench(session, look, width, Workbench.Actions.NONE),
                            width, height);
            session.playback().find(find);
            Pictures.of(scene);
            return Pictures.of(scene);
        });
    }

    @ParameterizedTest
    @CsvSource({"overview,reason==NO_SOCKET,1920,1080", "second-visit,destination==10.0.0.11"
            + " && namespace==node/n1,1280,720",
        "edge,namespace==edge && syn,1600,900"})
    void threeViewsLookAsTheyDid(String name, String find, int width, int height)
            throws IOException {
        BufferedImage small = coarse(draw(HAIRPIN, Palette.LIGHT, width, height, find));
        Path golden = Path.of("src/test/resources/golden").resolve(name + ".png");
        if (Boolean.getBoolean("podhop.regenerate")) {
            Pictures.write(small, golden);
        }

        assertThat(difference(small, ImageIO.read(golden.toFile()))).isLessThan(TOLERATED);
    }

    @Test
    void anotherViewWouldBeNoticed() throws IOException {
        BufferedImage other = coarse(draw(HAIRPIN, Palette.DARK, 1920, 1080, "syn"));
        BufferedImage golden =
                ImageIO.read(Path.of("src/test/resources/golden/overview.png").toFile());

        assertThat(difference(other, golden)).isGreaterThan(2 * TOLERATED);
    }

    private static BufferedImage coarse(BufferedImage image) {
        int width = image.getWidth() / COARSE;
        int height = image.getHeight() / COARSE;
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                int[] sum = new int[3];
                for (int i = 0; i < COARSE * COARSE; i++) {
                    int rgb = image.getRGB(x * COARSE + i % COARSE, y * COARSE + i / COARSE);
                    for (int c = 0; c < 3; c++) {
                        sum[c] += rgb >> 8 * c & 255;
                    }
                }
                int n = COARSE * COARSE;
                small.setRGB(x, y, sum[0] / n | sum[1] / n << 8 | sum[2] / n << 16);
            }
        }
        return small;
    }

    private static double difference(BufferedImage a, BufferedImage b) {
        assertThat(a.getWidth()).isEqualTo(b.getWidth());
        long sum = 0;
        for (int x = 0; x < a.getWidth(); x++) {
            for (int y = 0; y < a.getHeight(); y++) {
                for (int c = 0; c < 24; c += 8) {
                    sum += Math.abs((a.getRGB(x, y) >> c & 255) - (b.getRGB(x, y) >> c & 255));
                }
            }
        }
        return sum / (3.0 * a.getWidth() * a.getHeight());
    }

    static Stream<Path> shipped() {
        return Recordings.allShipped().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedScenarioOpensAndIsDrawn(Path file) {
        BufferedImage picture =
                draw(Recordings.of(file, 5), Palette.LIGHT, 1280, 720, "dropped");

        assertThat(picture.getWidth()).isEqualTo(1280);
        assertThat(colours(picture)).isGreaterThan(30);
    }

    private static long colours(BufferedImage picture) {
        return Stream.iterate(0, i -> i < picture.getWidth() * picture.getHeight(), i -> i + 7)
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .distinct().count();
    }

    @Test
    void aSpanOfTimeBecomesAnAnimation(@TempDir Path folder) throws IOException {
        BufferedImage[] frames = {draw(HAIRPIN, Palette.LIGHT, 640, 400, "syn"),
            draw(HAIRPIN, Palette.LIGHT, 640, 400, "rst")};

        Frames.write(2, i -> frames[i], folder.resolve("way.gif"));
        Frames.write(2, i -> frames[i], folder.resolve("way"));

        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(folder.resolve("way.gif").toFile()));
        assertThat(reader.getNumImages(true)).isEqualTo(2);
        assertThat(Files.exists(folder.resolve("way/frame-0002.png"))).isTrue();
    }
}

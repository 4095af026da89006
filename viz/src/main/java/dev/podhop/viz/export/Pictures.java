package dev.podhop.viz.export;

import dev.podhop.reports.out.NewFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/** Turns what is drawn into files. On the JavaFX thread only. */
public final class Pictures {

    private static final Pattern PICTURE =
            Pattern.compile(".*\\.(png|jpe?g|bmp|webp|tiff?|svg|pdf|mp4|webm|apng)");

    private Pictures() {}

    /** A scene that no window shows, laid out in full; any size. */
    public static Scene scene(Parent root, int width, int height) {
        Scene scene = new Scene(root, width, height);
        settle(root);
        return scene;
    }

    /** Virtual cells are made in the first pass and filled in the next. */
    private static void settle(Parent root) {
        for (int pass = 0; pass < 3; pass++) {
            root.applyCss();
            root.layout();
        }
    }

    /** What a scene shows. */
    public static BufferedImage of(Scene scene) {
        settle(scene.getRoot());
        return copy(scene.snapshot(null));
    }

    /**
     * How much larger than on a screen of 1920x1080 a picture of a size is drawn, so that its
     * print grows with it; never smaller.
     */
    public static double scale(int width, int height) {
        return Math.max(1, Math.min(width / 1920.0, height / 1080.0));
    }

    /** A part of a scene, so many times as large. */
    public static BufferedImage of(Node node, double scale) {
        SnapshotParameters larger = new SnapshotParameters();
        larger.setTransform(Transform.scale(scale, scale));
        return copy(node.snapshot(larger, null));
    }

    /** What a part of a scene shows. */
    public static BufferedImage of(Node node) {
        return copy(node.snapshot(new SnapshotParameters(), null));
    }

    private static BufferedImage copy(WritableImage from) {
        int width = (int) from.getWidth();
        int height = (int) from.getHeight();
        int[] pixels = new int[width * height];
        from.getPixelReader().getPixels(0, 0, width, height,
                PixelFormat.getIntArgbPreInstance(), pixels, 0, width);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    /**
     * Checks that a name says what will be written.
     *
     * @param frames whether it is for a sequence: {@code .gif}, or a folder of PNG files
     * @throws IllegalArgumentException with what was found and expected
     */
    public static void checkName(Path to, boolean frames) {
        String name = to.toString().toLowerCase(Locale.ROOT);
        boolean right = frames ? name.endsWith(".gif") || !PICTURE.matcher(name).matches()
                : name.endsWith(".png");
        if (!right) {
            throw new IllegalArgumentException("found " + to + ", expected a name that ends in "
                    + (frames ? ".gif, or a folder's: a sequence is one animation or many PNG files"
                            : ".png: a picture is written as PNG"));
        }
    }

    /** Writes a PNG file, whole or not at all; folders are made. */
    public static void write(BufferedImage image, Path file) throws IOException {
        NewFiles.write(file, out -> ImageIO.write(image, "png", out));
    }
}

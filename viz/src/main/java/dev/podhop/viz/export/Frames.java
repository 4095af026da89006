package dev.podhop.viz.export;

import dev.podhop.reports.out.NewFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Pictures one after the other: numbered PNG files, or one animated GIF. */
public final class Frames {

    /** How long a GIF shows a frame, in hundredths of a second. */
    private static final int DELAY = 8;
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private Frames() {}

    /**
     * Writes a sequence: a file that ends in {@code .gif} becomes an animation, any other a folder
     * of {@code frame-0001.png} and so on.
     */
    public static void write(int count, IntFunction<BufferedImage> frame, Path to)
            throws IOException {
        if (to.toString().endsWith(".gif")) {
            NewFiles.write(to, out -> animation(count, frame, out));
            return;
        }
        for (int i = 0; i < count; i++) {
            Pictures.write(frame.apply(i),
                    to.resolve(String.format(Locale.ROOT, "frame-%04d.png", i + 1)));
        }
    }

    private static void animation(int count, IntFunction<BufferedImage> frame,
            OutputStream to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(to)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < count; i++) {
                BufferedImage image = frame.apply(i);
                IIOMetadata metadata = writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromRenderedImage(image),
                        writer.getDefaultWriteParam());
                timed(metadata, i == 0);
                writer.writeToSequence(new IIOImage(image, null, metadata), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static void timed(IIOMetadata metadata, boolean first) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", String.valueOf(DELAY));
        if (first) {
            // Netscape's extension: again and again.
            IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(new byte[] {1, 0, 0});
            child(root, "ApplicationExtensions").appendChild(loop);
        }
        metadata.setFromTree(FORMAT, root);
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode made = new IIOMetadataNode(name);
        root.appendChild(made);
        return made;
    }
}

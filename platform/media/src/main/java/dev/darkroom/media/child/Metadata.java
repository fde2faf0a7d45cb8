package dev.darkroom.media.child;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Tag;
import com.drew.metadata.xmp.XmpDirectory;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads all the metadata of a file with a parser that real files are known to break, and caps what
/// comes out.
final class Metadata {

    /// All values together; a row of the catalogue must fit into one Kafka record.
    private static final int MAX_BYTES = 64 * 1024;

    /// Formats of which the parser knows nothing; to ask would only be a warning on every file.
    private static final Set<String> UNKNOWN =
            Set.of("image/jxl", "image/jp2", "image/x-canon-crw");

    /// How the parser ends every MP4 and QuickTime file, intact ones included.
    private static final String END_OF_DATA = "End of data reached.";

    private final FactSheet sheet;
    private final Request.Hello limits;
    private int tags;
    private int bytes;

    private Metadata(FactSheet sheet, Request.Hello limits) {
        this.sheet = sheet;
        this.limits = limits;
    }

    /// Adds what the file says about itself. Any failure, errors of the virtual machine included,
    /// becomes a warning.
    static void read(MediaFile file, FactSheet sheet, Request.Hello limits) {
        String type = sheet.type().mimeType();
        boolean known =
                !UNKNOWN.contains(type)
                        && (sheet.type().kind() != MediaKind.AUDIO
                                || type.equals("audio/mp4")
                                || type.equals("audio/wav"));
        if (!known) {
            return;
        }
        try (InputStream in = file.stream()) {
            com.drew.metadata.Metadata found = ImageMetadataReader.readMetadata(in, file.size());
            LiveTags.copy(found, file, sheet);
            new Metadata(sheet, limits).collect(found);
        } catch (ImageProcessingException
                | IOException
                | RuntimeException
                | StackOverflowError
                | OutOfMemoryError e) {
            sheet.warn("metadata could not be read: " + e);
        }
    }

    private void collect(com.drew.metadata.Metadata metadata) {
        try {
            WellKnownTags.copy(metadata, sheet);
        } catch (RuntimeException e) {
            sheet.warn("some metadata could not be understood: " + e);
        }
        for (Directory directory : metadata.getDirectories()) {
            for (String error : directory.getErrors()) {
                if (sheet.type().kind() != MediaKind.PHOTO && error.equals(END_OF_DATA)) {
                    continue;
                }
                sheet.warn(directory.getName() + " could not be read: " + error);
            }
            if (!directory.getName().equals("File Type")) {
                Map<String, Object> values = values(directory);
                if (!values.isEmpty()) {
                    sheet.detail(directory.getName(), values);
                }
            }
        }
        if (tags > limits.maxTags() || bytes > MAX_BYTES) {
            sheet.warn(
                    "only the first part of the metadata was kept; the file has more than "
                            + (tags > limits.maxTags()
                                    ? limits.maxTags() + " tags"
                                    : MAX_BYTES / 1024 + " kB"));
        }
    }

    private Map<String, Object> values(Directory directory) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Tag tag : directory.getTags()) {
            if (!keep(values, tag.getTagName(), describe(tag))) {
                return values;
            }
        }
        if (directory instanceof XmpDirectory xmp) {
            for (Map.Entry<String, String> property : xmp.getXmpProperties().entrySet()) {
                if (!keep(values, property.getKey(), property.getValue())) {
                    return values;
                }
            }
        }
        return values;
    }

    /// False once the caps are reached.
    private boolean keep(
            Map<String, Object> values, @Nullable String name, @Nullable String value) {
        if (name == null || value == null) {
            return true;
        }
        String key = Text.clean(name, 256);
        String text = Text.clean(value, limits.maxTextBytes());
        if (key.isEmpty() || text.isEmpty()) {
            return true;
        }
        tags++;
        bytes += 3 * (key.length() + text.length()) / 2;
        if (tags > limits.maxTags() || bytes > MAX_BYTES) {
            return false;
        }
        values.put(key, text);
        return true;
    }

    private static @Nullable String describe(Tag tag) {
        try {
            return tag.getDescription();
        } catch (RuntimeException e) {
            return null; // one odd tag; its neighbours are fine
        }
    }
}

package dev.darkroom.bench.media;

import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.MediaOptions;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.UnreadableMedia;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Probes every picture in a folder and lists where exiftool answers something else.
///
/// `MetadataTrial <folder> <exiftool>`; differences go to standard output, one a line, and after
/// them how many answers were the same.
public final class MetadataTrial {
    private static final List<String> TAGS =
            List.of(
                    "ImageWidth",
                    "ImageHeight",
                    "Orientation",
                    "Make",
                    "Model",
                    "LensModel",
                    "ExposureTime",
                    "FNumber",
                    "ISO",
                    "FocalLength",
                    "GPSLatitude",
                    "GPSLongitude",
                    "GPSAltitude",
                    "DateTimeOriginal",
                    "OffsetTimeOriginal");

    private final MediaPool pool;
    private final Map<String, Integer> same = new TreeMap<>();
    private final Map<String, Integer> different = new TreeMap<>();
    private int files;

    private MetadataTrial(MediaPool pool) {
        this.pool = pool;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("say the folder and where exiftool is");
        }
        try (MediaPool pool = new MediaPool(MediaOptions.defaults())) {
            MetadataTrial trial = new MetadataTrial(pool);
            for (JsonNode theirs : exiftool(arguments[0], arguments[1])) {
                trial.compare(Path.of(arguments[0]), theirs);
            }
            System.out.printf(
                    "%d pictures%nsame      %s%ndifferent %s%n",
                    trial.files, trial.same, trial.different);
        }
    }

    private static JsonNode exiftool(String folder, String program)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(program, "-json", "-n", "-r", "-q", "-m", "-fast0"));
        TAGS.forEach(tag -> command.add("-" + tag));
        command.add(folder);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        JsonNode answers = JsonMapper.shared().readTree(process.getInputStream());
        process.waitFor();
        return answers;
    }

    private void compare(Path folder, JsonNode theirs) throws IOException, InterruptedException {
        Path file = Path.of(theirs.path("SourceFile").asString());
        MediaFacts facts;
        try {
            facts = pool.probe(file, String.valueOf(file.getFileName()));
        } catch (UnreadableMedia | MediaChildLost e) {
            System.out.printf("%s | not read | %s%n", folder.relativize(file), e.getMessage());
            return;
        }
        if (facts.kind() != MediaKind.PHOTO) {
            return;
        }
        files++;
        Map<String, @Nullable Object> ours = answers(facts);
        for (String tag : TAGS) {
            @Nullable Object our = ours.get(tag);
            JsonNode their = theirs.path(tag);
            if (their.isMissingNode()
                    && (our == null || (tag.equals("Orientation") && our.equals(1)))) {
                continue;
            }
            if (isSame(our, their)) {
                same.merge(tag, 1, Integer::sum);
            } else {
                different.merge(tag, 1, Integer::sum);
                System.out.printf(
                        "%s | %s | ours %s | exiftool %s%n",
                        folder.relativize(file), tag, our, their.isMissingNode() ? "none" : their);
            }
        }
    }

    private static Map<String, @Nullable Object> answers(MediaFacts facts) {
        Map<String, @Nullable Object> ours = new LinkedHashMap<>();
        ours.put("ImageWidth", facts.width());
        ours.put("ImageHeight", facts.height());
        ours.put("Orientation", facts.orientation());
        ours.put("Make", facts.cameraMake());
        ours.put("Model", facts.cameraModel());
        ours.put("LensModel", facts.lensModel());
        ours.put("ExposureTime", seconds(facts.shutterSpeed()));
        ours.put("FNumber", facts.aperture());
        ours.put("ISO", facts.iso());
        ours.put("FocalLength", facts.focalLength());
        ours.put("GPSLatitude", facts.latitude());
        ours.put("GPSLongitude", facts.longitude());
        ours.put("GPSAltitude", facts.altitude());
        ours.put("DateTimeOriginal", local(facts));
        ours.put("OffsetTimeOriginal", facts.takenAtOffset());
        return ours;
    }

    private static @Nullable Double seconds(@Nullable String shutter) {
        if (shutter == null) {
            return null;
        }
        return shutter.startsWith("1/")
                ? 1 / Double.parseDouble(shutter.substring(2))
                : Double.parseDouble(shutter);
    }

    /// The clock on the camera's back, as EXIF writes it.
    private static @Nullable String local(MediaFacts facts) {
        if (facts.takenAt() == null) {
            return null;
        }
        String offset = facts.takenAtOffset() == null ? "Z" : facts.takenAtOffset();
        return facts.takenAt()
                .atOffset(ZoneOffset.of(offset))
                .format(DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss"));
    }

    private static boolean isSame(@Nullable Object our, JsonNode their) {
        if (our == null) {
            return their.isMissingNode() || their.asString().isBlank();
        }
        if (our instanceof Number number && their.isNumber()) {
            double difference = Math.abs(number.doubleValue() - their.asDouble());
            return difference <= 0.005 * Math.abs(their.asDouble()) || difference < 1e-4;
        }
        String text = their.asString().strip();
        return !their.isMissingNode() && text.startsWith(our.toString().strip());
    }
}

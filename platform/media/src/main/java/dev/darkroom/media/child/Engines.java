package dev.darkroom.media.child;

import dev.darkroom.media.MediaCapabilities;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.ffmpeg.AvFile;
import dev.darkroom.media.child.ffmpeg.Ffmpeg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The engines of this machine; the first that knows a type serves it.
final class Engines {

    /// What libvips adds to Java's own decoders.
    private static final Map<String, String> NATIVE_ONLY =
            Map.of("image/heic", "HEIC", "image/heif", "HEIF", "image/avif", "AVIF");

    private final Map<String, Engine> byMimeType = new TreeMap<>();
    private final List<Engine> inOrder;
    private final List<String> missing = new ArrayList<>();

    Engines(List<Engine> inOrder) {
        this.inOrder = List.copyOf(inOrder);
        for (Engine engine : inOrder) {
            engine.mimeTypes().forEach(type -> byMimeType.putIfAbsent(type, engine));
        }
    }

    static Engines load(boolean nativeDecoders) {
        List<Engine> engines = new ArrayList<>();
        String obstacle = "native decoders are switched off (darkroom.media.native-decoders)";
        if (nativeDecoders) {
            try {
                engines.add(new VipsEngine(Vips.load()));
            } catch (Vips.NotHere e) {
                obstacle = String.valueOf(e.getMessage());
            }
        }
        boolean withoutVips = engines.isEmpty();
        engines.add(new ImageIoEngine());
        engines.addFirst(new JpegEngine(engines.getFirst()));
        Engines loaded = new Engines(engines);
        for (Map.Entry<String, String> format : new TreeMap<>(NATIVE_ONLY).entrySet()) {
            if (!loaded.byMimeType.containsKey(format.getKey())) {
                String reason = withoutVips ? obstacle : "this libvips was built without libheif";
                loaded.missing.add(format.getValue() + ": " + reason);
            }
        }
        if (withoutVips) {
            loaded.missing.add(
                    "fast PNG, WebP, GIF and TIFF (Java decodes them more slowly): " + obstacle);
        }
        return loaded;
    }

    /// Those of pictures, and FFmpeg for the rest where the parent has laid it out.
    Map<String, String> byMimeType() {
        Map<String, String> names = new TreeMap<>();
        byMimeType.forEach((type, engine) -> names.put(type, engine.name()));
        if (Ffmpeg.obstacle() == null) {
            AvFile.mimeTypes().forEach(type -> names.put(type, "FFmpeg"));
        }
        return names;
    }

    List<String> missing() {
        List<String> all = new ArrayList<>(missing);
        String obstacle = Ffmpeg.obstacle();
        if (obstacle != null) {
            all.add(MediaCapabilities.RECORDINGS + obstacle);
        }
        return List.copyOf(all);
    }

    /// Another engine for the same type, when the first one has refused a picture: the last, as the
    /// first may have asked the one behind it already.
    Optional<Engine> secondOpinion(String mimeType, Engine first) {
        return inOrder.reversed().stream()
                .filter(engine -> engine.mimeTypes().contains(mimeType))
                .findFirst()
                .filter(engine -> engine != first);
    }

    Engine forType(String mimeType) throws UnreadableMedia {
        Engine engine = byMimeType.get(mimeType);
        if (engine != null) {
            return engine;
        }
        throw new UnreadableMedia(
                NATIVE_ONLY.containsKey(mimeType)
                        ? "no decoder for "
                                + NATIVE_ONLY.get(mimeType)
                                + " pictures is here; libvips with libheif would read them"
                        : "no picture can be made from " + mimeType + " yet");
    }
}

package dev.darkroom.media.child;

import dev.darkroom.media.Fit;
import dev.darkroom.media.MediaCapabilities;
import dev.darkroom.media.MissingDecoder;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.ffmpeg.AvFile;
import dev.darkroom.media.child.ffmpeg.Ffmpeg;
import dev.darkroom.media.child.jpeg.JpegDecoder;
import dev.darkroom.media.child.jpeg.JpegReader;
import dev.darkroom.media.child.jpeg.TurboDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The engines of this machine; the first that knows a type serves it.
final class Engines {

    /// What libvips adds to Java's own decoders.
    private static final Map<String, String> NATIVE_ONLY =
            Map.of(
                    "image/heic", "HEIC",
                    "image/heif", "HEIF",
                    "image/avif", "AVIF",
                    "image/jxl", "JPEG XL",
                    "image/jp2", "JPEG 2000");

    private final Map<String, Engine> byMimeType = new TreeMap<>();
    private final List<Engine> inOrder;
    private final ImageIoEngine java;
    private final List<String> missing = new ArrayList<>();

    /// @param java one of them, which writes what any of them writes
    Engines(List<Engine> inOrder, ImageIoEngine java) {
        this.inOrder = List.copyOf(inOrder);
        this.java = java;
        for (Engine engine : inOrder) {
            engine.mimeTypes().forEach(type -> byMimeType.putIfAbsent(type, engine));
        }
    }

    /// Our own only: it draws most JPEGs, and leaves the others to another child.
    static Engines own() {
        Elsewhere elsewhere = new Elsewhere();
        return new Engines(
                List.of(new JpegEngine(List.of(new JpegDecoder()), elsewhere), elsewhere),
                new ImageIoEngine(List.of()));
    }

    static Engines load(boolean nativeDecoders) {
        List<Engine> engines = new ArrayList<>();
        List<Encoder> more = new ArrayList<>();
        String obstacle = "native decoders are switched off (darkroom.media.native-decoders)";
        if (nativeDecoders) {
            try {
                VipsEngine vips = new VipsEngine(Vips.load());
                engines.add(vips);
                more.add(vips.encoder());
            } catch (Vips.NotHere e) {
                obstacle = String.valueOf(e.getMessage());
            }
        }
        boolean withoutVips = engines.isEmpty();
        ImageIoEngine java = new ImageIoEngine(more);
        engines.add(java);
        Optional<TurboDecoder> turbo = nativeDecoders ? TurboDecoder.load() : Optional.empty();
        List<JpegReader> readers = new ArrayList<>();
        readers.add(new JpegDecoder());
        turbo.ifPresent(readers::add);
        engines.addFirst(new JpegEngine(readers, engines.getFirst()));
        Engines loaded = new Engines(engines, java);
        for (Map.Entry<String, String> format : new TreeMap<>(NATIVE_ONLY).entrySet()) {
            if (!loaded.byMimeType.containsKey(format.getKey())) {
                String reason = withoutVips ? obstacle : "this libvips was built without it";
                loaded.missing.add(format.getValue() + ": " + reason);
            }
        }
        for (PictureFormat format : PictureFormat.values()) {
            if (!loaded.outputs().contains(format)) {
                String reason = withoutVips ? obstacle : "this libvips was built without it";
                loaded.missing.add("writing " + format + ": " + reason);
            }
        }
        if (withoutVips) {
            loaded.missing.add(
                    "fast PNG, WebP, GIF and TIFF (Java decodes them more slowly): " + obstacle);
        }
        if (nativeDecoders && turbo.isEmpty()) {
            loaded.missing.add(
                    "fast progressive JPEG (other decoders take longer): libturbojpeg is not"
                            + " installed");
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

    /// What renditions of the common types can be written as.
    Set<PictureFormat> outputs() {
        return Arrays.stream(PictureFormat.values())
                .filter(
                        format -> {
                            RenderSize size = new RenderSize("any", 1, Fit.INSIDE, format, null);
                            RenderRequest wanted = new RenderRequest(List.of(size), 80);
                            return inOrder.stream().anyMatch(engine -> engine.draws(wanted));
                        })
                .collect(Collectors.toSet());
    }

    List<String> missing() {
        List<String> all = new ArrayList<>(missing);
        String obstacle = Ffmpeg.obstacle();
        if (obstacle != null) {
            all.add(MediaCapabilities.RECORDINGS + obstacle);
        }
        return List.copyOf(all);
    }

    /// Draws pixels that were decoded elsewhere.
    ///
    /// @param decoder whose pixels they are
    Rendered ofPixels(Pixels picture, RenderRequest wanted, String decoder, List<String> warnings)
            throws UnreadableMedia {
        if (!java.draws(wanted)) {
            throw cannotWrite();
        }
        return java.ofPixels(picture, wanted, decoder, warnings);
    }

    /// Another engine for the same type, when the first one has refused a picture: the last, as the
    /// first may have asked the one behind it already.
    Optional<Engine> secondOpinion(String mimeType, Engine first, RenderRequest wanted) {
        return inOrder.reversed().stream()
                .filter(engine -> engine.mimeTypes().contains(mimeType) && engine.draws(wanted))
                .findFirst()
                .filter(engine -> !engine.equals(first));
    }

    private static UnreadableMedia cannotWrite() {
        return new UnreadableMedia(
                "this machine cannot write what is wanted of it; libvips writes WebP and AVIF");
    }

    /// The first engine that decodes the type and draws all that is wanted.
    Engine forType(String mimeType, RenderRequest wanted) throws UnreadableMedia {
        for (Engine engine : inOrder) {
            if (engine.mimeTypes().contains(mimeType) && engine.draws(wanted)) {
                return engine;
            }
        }
        if (byMimeType.containsKey(mimeType)) {
            throw cannotWrite();
        }
        if (NATIVE_ONLY.containsKey(mimeType)) {
            throw new MissingDecoder(
                    "no decoder for "
                            + NATIVE_ONLY.get(mimeType)
                            + " pictures is here; install libvips (apt-get install"
                            + " --no-install-recommends libvips42)");
        }
        throw new UnreadableMedia(
                "no picture can be made from files of the type "
                        + mimeType
                        + " here; save it as JPEG, PNG or TIFF");
    }
}

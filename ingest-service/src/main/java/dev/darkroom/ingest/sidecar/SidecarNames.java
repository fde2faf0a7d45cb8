package dev.darkroom.ingest.sidecar;

import dev.darkroom.schema.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Which XMP file belongs to which file, by their names.
///
/// `IMG_1.jpg.xmp` (darktable, digiKam) belongs to `IMG_1.jpg` alone; `IMG_1.xmp` (Lightroom)
/// belongs to every `IMG_1.*` beside it that has no file of the first kind.
public final class SidecarNames {
    private static final List<String> ENDINGS = List.of(".xmp", ".XMP");

    private SidecarNames() {}

    /// Whether a file is a sidecar.
    public static boolean isSidecar(FilePath path) {
        return ENDINGS.stream().anyMatch(ending -> isNamed(path, ending));
    }

    /// The sidecars that a file may have; the first that is there counts.
    public static List<FilePath> of(FilePath path) {
        List<FilePath> names = new ArrayList<>();
        for (String base : List.of(path.text(), stem(path.text()))) {
            for (String ending : ENDINGS) {
                if (!base.isEmpty() && bytes(base) + ending.length() <= FilePath.MAX_BYTES) {
                    names.add(new FilePath(base + ending));
                }
            }
        }
        return names;
    }

    /// What a sidecar's name is without its own ending: a whole file, or the stem of several.
    static String base(FilePath sidecar) {
        return sidecar.text().substring(0, sidecar.text().length() - ENDINGS.getFirst().length());
    }

    /// Whether a sidecar of this base may belong to a file.
    static boolean covers(String base, FilePath path) {
        return path.text().equals(base) || stem(path.text()).equals(base);
    }

    /// The path without the ending of its last name; the same when that has none.
    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    private static boolean isNamed(FilePath path, String ending) {
        return path.text().endsWith(ending) && path.fileName().length() > ending.length();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

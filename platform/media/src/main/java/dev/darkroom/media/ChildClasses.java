package dev.darkroom.media;

import com.adobe.internal.xmp.XMPMeta;
import com.drew.metadata.Metadata;
import com.twelvemonkeys.image.ImageUtil;
import com.twelvemonkeys.imageio.ImageReaderBase;
import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.io.FileUtil;
import com.twelvemonkeys.lang.StringUtil;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;
import org.apache.tika.mime.MimeTypes;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Where a child finds its classes: in the few jars that it needs, out of the service's hundreds.
///
/// A virtual machine opens each jar on its class path, and a child may read whatever lies there.
final class ChildClasses {

    private static final List<Class<?>> ONE_OF_EACH_JAR =
            List.of(
                    MediaPool.class,
                    Metadata.class,
                    XMPMeta.class,
                    MimeTypes.class,
                    IOUtils.class,
                    ImageUtil.class,
                    ImageReaderBase.class,
                    CompoundDirectory.class,
                    JPEGImageReaderSpi.class,
                    TIFFImageReaderSpi.class,
                    WebPImageReaderSpi.class,
                    FileUtil.class,
                    StringUtil.class,
                    Pointer.class,
                    avutil.class,
                    Logger.class,
                    Nullable.class);

    private ChildClasses() {}

    /// The jars and folders, in their order; the program's own comes first.
    static List<Path> places(String program) {
        Set<Path> places = new LinkedHashSet<>();
        places.add(place(named(program)));
        ONE_OF_EACH_JAR.forEach(one -> places.add(place(one)));
        return List.copyOf(places);
    }

    /// The same as the `java` command wants it.
    static String path(List<Path> places) {
        return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Class<?> named(String program) {
        try {
            return Class.forName(program, false, ChildClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("children run a class that is here: " + program, e);
        }
    }

    private static Path place(Class<?> one) {
        CodeSource source = one.getProtectionDomain().getCodeSource();
        try {
            URI place = source.getLocation().toURI();
            if (!"file".equals(place.getScheme())) {
                throw new IllegalStateException(
                        "media children need "
                                + one.getName()
                                + " in a jar or folder of its own, but it lies in "
                                + place
                                + "; unpack that archive, as java -Djarmode=tools -jar ... extract"
                                + " does");
            }
            return Path.of(place).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class lies at an odd place: " + source, e);
        }
    }
}

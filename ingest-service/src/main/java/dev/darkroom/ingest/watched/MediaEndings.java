package dev.darkroom.ingest.watched;

import java.util.Locale;
import java.util.Set;

/// The endings by which people know photos, videos and audio tracks.
///
/// What a file is, its content decides. These only tell a photo that nobody can read, which its
/// owner wants to hear of, from a text that nobody would miss.
final class MediaEndings {
    private static final Set<String> ENDINGS =
            Set.of(
                    ("jpg jpeg jpe jfif png gif webp bmp tif tiff heic heif hif avif jxl jp2 psd"
                                    + " dng cr2 cr3 nef arw orf rw2 raf pef srw x3f 3fr iiq rwl"
                                    + " mp4 m4v mov qt avi mkv webm mpg mpeg mts m2ts 3gp wmv flv"
                                    + " ogv insv"
                                    + " mp3 m4a m4b aac flac ogg oga opus wav aif aiff aifc wma ape"
                                    + " wv mpc dsf dff")
                            .split(" "));

    private MediaEndings() {}

    static boolean promiseMedia(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1);
        return ENDINGS.contains(ending.toLowerCase(Locale.ROOT));
    }
}

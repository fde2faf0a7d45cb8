package dev.darkroom.media.child;

import dev.darkroom.media.MediaKind;
import dev.darkroom.media.UnreadableMedia;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/// What a file is, decided from its bytes alone: our own signatures first, Tika's for everything
/// else.
///
/// @param mimeType never null, never from a name
record ContentType(String mimeType, MediaKind kind, boolean isRaw) {

    static final ContentType JPEG = new ContentType("image/jpeg", MediaKind.PHOTO, false);

    /// Pictures only in name: drawings that are programs, and containers of many things.
    private static final Set<String> NOT_PHOTOS =
            Set.of(
                    "image/svg+xml",
                    "image/wmf",
                    "image/emf",
                    "image/vnd.dwg",
                    "image/vnd.dxf",
                    "image/vnd.djvu",
                    "image/cgm",
                    "image/x-jbig2");

    /// What Tika calls RAW of makers that have no signature of ours.
    private static final String OTHER_RAW = "image/x-raw-";

    static ContentType of(MediaFile file) throws UnreadableMedia {
        Optional<String> signature = Signatures.find(file);
        String mimeType = signature.isPresent() ? signature.get() : askTika(file);
        boolean raw = Signatures.RAW.contains(mimeType) || mimeType.startsWith(OTHER_RAW);
        int slash = mimeType.indexOf('/');
        boolean drawing = mimeType.equals(SvgHeader.TYPE) && SvgHeader.ON;
        String family =
                NOT_PHOTOS.contains(mimeType) && !drawing
                        ? ""
                        : mimeType.substring(0, Math.max(0, slash));
        return switch (family) {
            case "image" -> new ContentType(mimeType, MediaKind.PHOTO, raw);
            case "video" -> new ContentType(mimeType, MediaKind.VIDEO, false);
            case "audio" -> new ContentType(mimeType, MediaKind.AUDIO, false);
            default ->
                    throw new UnreadableMedia(
                            "this is " + inWords(mimeType) + ", not a photo, video or audio file");
        };
    }

    /// The format as people call it.
    String format() {
        return switch (mimeType) {
            case "image/jxl" -> "JPEG XL";
            case "image/jp2" -> "JPEG 2000";
            case "image/vnd.adobe.photoshop" -> "PSD";
            case "image/svg+xml" -> "SVG";
            case "image/webp" -> "WebP";
            default -> {
                String name = mimeType.substring(mimeType.indexOf('/') + 1);
                yield name.substring(name.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT);
            }
        };
    }

    private static String askTika(MediaFile file) {
        try (InputStream in = file.stream()) {
            return MimeTypes.getDefaultMimeTypes()
                    .detect(in, new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException("a mapped file cannot fail to be read", e);
        }
    }

    private static String inWords(String mimeType) {
        return switch (mimeType) {
            case "text/plain" -> "a text file";
            case "text/html", "application/xhtml+xml" -> "an HTML page";
            case SvgHeader.TYPE -> "an SVG drawing (switched off, see darkroom.media.svg)";
            case "application/pdf" -> "a PDF document";
            case "application/zip" -> "a ZIP archive";
            case "application/xml" -> "an XML file";
            case "application/octet-stream" -> "a file of no known type";
            default ->
                    mimeType.startsWith("text/")
                            ? "a text file (" + mimeType.toLowerCase(Locale.ROOT) + ")"
                            : "a file of type " + mimeType.toLowerCase(Locale.ROOT);
        };
    }
}

package dev.darkroom.media.child;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifTiffHandler;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.exif.makernotes.CanonMakernoteDirectory;
import com.drew.metadata.xmp.XmpReader;
import dev.darkroom.media.child.IsoBoxes.Box;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hands the parser the pieces that it does not find by itself: the EXIF and XMP in the boxes of
/// Canon CR3, JPEG XL and JPEG 2000.
final class BoxedMetadata {

    private static final Set<String> TYPES = Set.of("image/x-canon-cr3", "image/jxl", "image/jp2");

    /// Canon splits what other files hold in one block.
    private static final Map<String, Class<? extends Directory>> CANON =
            Map.of(
                    "CMT1", ExifIFD0Directory.class,
                    "CMT2", ExifSubIFDDirectory.class,
                    "CMT3", CanonMakernoteDirectory.class,
                    "CMT4", GpsDirectory.class);

    private static final String JP2_EXIF = "JpgTiffExif->JP2";
    private static final String JP2_XMP =
            "\u00bez\u00cf\u00cb\u0097\u00a9B\u00e8\u009cq\u0099\u0094\u0091\u00e3\u00af\u00ac";

    private static final int UUID_BYTES = 16;
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final MediaFile file;
    private final Metadata metadata = new Metadata();

    private BoxedMetadata(MediaFile file) {
        this.file = file;
    }

    static boolean knows(String mimeType) {
        return TYPES.contains(mimeType);
    }

    static Metadata read(MediaFile file, String mimeType)
            throws IOException, TiffProcessingException {
        BoxedMetadata reader = new BoxedMetadata(file);
        if (mimeType.equals("image/x-canon-cr3")) {
            reader.canon();
        } else {
            reader.boxes();
        }
        return reader.metadata;
    }

    private void canon() throws IOException, TiffProcessingException {
        Cr3 boxes = Cr3.of(file);
        for (Map.Entry<String, Class<? extends Directory>> one : CANON.entrySet()) {
            Optional<Block> block = boxes.block(one.getKey());
            if (block.isPresent()) {
                tiff(block.get(), one.getValue());
            }
        }
    }

    private void boxes() throws IOException, TiffProcessingException {
        for (Box box : IsoBoxes.of(file)) {
            switch (box.type()) {
                case "Exif" -> exif(box.body() + 4 + file.u32(box.body()), box.end());
                case "xml " -> xmp(box.body(), box.end());
                case "uuid" -> {
                    if (file.startsWith(box.body(), JP2_EXIF)) {
                        exif(box.body() + UUID_BYTES, box.end());
                    } else if (file.startsWith(box.body(), JP2_XMP)) {
                        xmp(box.body() + UUID_BYTES, box.end());
                    }
                }
                default -> {}
            }
        }
    }

    private void exif(long from, long to) throws IOException, TiffProcessingException {
        long start = file.startsWith(from, "Exif\0\0") ? from + 6 : from;
        tiff(new Block(start, to - start), ExifIFD0Directory.class);
    }

    private void xmp(long from, long to) {
        Block block = new Block(from, to - from);
        if (block.isIn(file) && block.length() < MAX_BYTES) {
            new XmpReader().extract(file.copy(from, (int) block.length()), metadata);
        }
    }

    private void tiff(Block block, Class<? extends Directory> first)
            throws IOException, TiffProcessingException {
        if (block.isIn(file) && block.length() < MAX_BYTES) {
            byte[] bytes = file.copy(block.offset(), (int) block.length());
            new TiffReader()
                    .processTiff(new ByteArrayReader(bytes), new Handler(metadata, first), 0);
        }
    }

    /// Files what it reads under another name than the first directory's.
    private static final class Handler extends ExifTiffHandler {
        private final Class<? extends Directory> first;

        Handler(Metadata metadata, Class<? extends Directory> first) {
            super(metadata, null, 0);
            this.first = first;
        }

        @Override
        public void setTiffMarker(int marker) {
            pushDirectory(first);
        }
    }
}

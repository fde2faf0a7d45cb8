package dev.darkroom.media.child;

import dev.darkroom.media.child.IsoBoxes.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Canon's RAW since 2018: ISO boxes. Canon's own box in `moov` holds four TIFF blocks (`CMT1` to
/// `CMT4`) and a thumbnail, one at the top a preview, and the first track a JPEG in full size.
final class Cr3 {

    private static final String CANON =
            "\u0085\u00c0\u00b6\u0087\u0082\u000f\u0011\u00e0\u0081\u0011\u00f4\u00ceF+jH";
    private static final String PREVIEW =
            "\u00ea\u00f4+^\u001c\u0098K\u0088\u00b9\u00fb\u00b7\u00dc@nM\u0016";

    private static final int UUID_BYTES = 16;

    /// Fields of a `PRVW` box before its JPEG; those of `THMB` are of the same length.
    private static final int PICTURE_FIELDS = 16;

    private static final int PREVIEW_FIELDS = 8;

    private final MediaFile file;
    private final List<Box> canon;

    private Cr3(MediaFile file) {
        this.file = file;
        this.canon =
                boxes(IsoBoxes.of(file), "moov").stream()
                        .flatMap(moov -> IsoBoxes.within(file, moov, 0).stream())
                        .filter(box -> isUuid(box, CANON))
                        .flatMap(box -> IsoBoxes.within(file, box, UUID_BYTES).stream())
                        .toList();
    }

    static Cr3 of(MediaFile file) {
        return new Cr3(file);
    }

    PictureHeader header() {
        Optional<Tiff> tiff = block("CMT1").map(block -> Tiff.at(file, block.offset()));
        return new PictureHeader(
                tiff.map(one -> dimension(one, Tiff.IMAGE_WIDTH)).orElse(0),
                tiff.map(one -> dimension(one, Tiff.IMAGE_HEIGHT)).orElse(0),
                orientation());
    }

    /// EXIF orientation 1 to 8; 0 when the file does not say.
    int orientation() {
        return block("CMT1")
                .map(block -> Tiff.at(file, block.offset()))
                .map(tiff -> tiff.number(tiff.firstDirectory(), Tiff.ORIENTATION, 0))
                .filter(orientation -> orientation <= 8)
                .map(Long::intValue)
                .orElse(0);
    }

    /// One of the TIFF blocks: `CMT1` the main directory, `CMT2` EXIF, `CMT3` Canon's own, `CMT4`
    /// GPS.
    Optional<Block> block(String name) {
        return boxes(canon, name).stream()
                .findFirst()
                .map(box -> new Block(box.body(), box.end() - box.body()))
                .filter(block -> block.isIn(file));
    }

    List<Block> previews() {
        List<Block> blocks = new ArrayList<>();
        for (Box top : IsoBoxes.of(file)) {
            if (isUuid(top, PREVIEW)) {
                for (Box box :
                        boxes(IsoBoxes.within(file, top, UUID_BYTES + PREVIEW_FIELDS), "PRVW")) {
                    addPicture(blocks, box);
                }
            } else if (top.type().equals("moov")) {
                boxes(IsoBoxes.within(file, top, 0), "trak").forEach(one -> addTrack(blocks, one));
            }
        }
        boxes(canon, "THMB").forEach(box -> addPicture(blocks, box));
        return blocks;
    }

    private void addPicture(List<Block> blocks, Box box) {
        long offset = box.body() + PICTURE_FIELDS;
        blocks.add(new Block(offset, box.end() - offset));
    }

    /// The first sample of a track; those of sensor data do not begin as JPEG.
    private void addTrack(List<Block> blocks, Box track) {
        List<Box> table = IsoBoxes.within(file, track, 0);
        for (String name : List.of("mdia", "minf", "stbl")) {
            table =
                    boxes(table, name).stream()
                            .flatMap(box -> IsoBoxes.within(file, box, 0).stream())
                            .toList();
        }
        long length = 0;
        long offset = 0;
        for (Box box : table) {
            switch (box.type()) {
                case "stsz" -> {
                    long all = file.u32(box.body() + 4);
                    length = all > 0 ? all : file.u32(box.body() + 12);
                }
                case "co64" -> offset = file.u64(box.body() + 8, false);
                case "stco" -> offset = file.u32(box.body() + 8);
                default -> {}
            }
        }
        blocks.add(new Block(offset, length));
    }

    private boolean isUuid(Box box, String uuid) {
        return box.type().equals("uuid") && file.startsWith(box.body(), uuid);
    }

    private static int dimension(Tiff tiff, int tag) {
        return Math.clamp(tiff.number(tiff.firstDirectory(), tag, 0), 0, 0xfffff);
    }

    private static List<Box> boxes(List<Box> boxes, String type) {
        return boxes.stream().filter(box -> box.type().equals(type)).toList();
    }
}

package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.child.IsoBoxes.Box;
import java.util.List;

/// Finds the primary picture of a HEIC or AVIF file: its size and the turns that the decoder will
/// apply.
///
/// These formats carry their own rotation and mirror properties; EXIF orientation has no say.
final class HeifHeader {

    private HeifHeader() {}

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        for (Box top : IsoBoxes.of(file)) {
            if (top.type().equals("meta")) {
                return ofMeta(file, top);
            }
        }
        throw corrupt("it has no meta box");
    }

    private static PictureHeader ofMeta(MediaFile file, Box meta) throws UnreadableMedia {
        long primary = -1;
        List<Box> properties = List.of();
        Box associations = null;
        for (Box box : IsoBoxes.within(file, meta, 4)) {
            if (box.type().equals("pitm")) {
                primary =
                        file.u8(box.body()) == 0
                                ? file.u16(box.body() + 4)
                                : file.u32(box.body() + 4);
            } else if (box.type().equals("iprp")) {
                for (Box inner : IsoBoxes.within(file, box, 0)) {
                    if (inner.type().equals("ipco")) {
                        properties = IsoBoxes.within(file, inner, 0);
                    } else if (inner.type().equals("ipma")) {
                        associations = inner;
                    }
                }
            }
        }
        if (associations == null || primary < 0) {
            throw corrupt("it does not name its primary picture");
        }
        return ofItem(file, primary, properties, associations);
    }

    private static PictureHeader ofItem(
            MediaFile file, long primary, List<Box> properties, Box associations)
            throws UnreadableMedia {
        boolean wideIds = file.u8(associations.body()) > 0;
        boolean wideIndexes = (file.u8(associations.body() + 3) & 1) == 1;
        long items = file.u32(associations.body() + 4);
        long at = associations.body() + 8;
        for (long i = 0; i < items && at < associations.end(); i++) {
            long id = wideIds ? file.u32(at) : file.u16(at);
            at += wideIds ? 4 : 2;
            int count = file.u8(at++);
            if (id == primary) {
                return collect(file, properties, at, count, wideIndexes);
            }
            at += (long) count * (wideIndexes ? 2 : 1);
        }
        throw corrupt("its primary picture has no properties");
    }

    private static PictureHeader collect(
            MediaFile file, List<Box> properties, long from, int count, boolean wideIndexes)
            throws UnreadableMedia {
        long width = 0;
        long height = 0;
        int orientation = 1;
        for (int i = 0; i < count; i++) {
            int index = wideIndexes ? file.u16(from + 2L * i) & 0x7fff : file.u8(from + i) & 0x7f;
            if (index < 1 || index > properties.size()) {
                continue;
            }
            Box property = properties.get(index - 1);
            switch (property.type()) {
                case "ispe" -> {
                    width = file.u32(property.body() + 4);
                    height = file.u32(property.body() + 8);
                }
                case "irot" ->
                        orientation =
                                Orientation.turnedLeft(orientation, file.u8(property.body()) & 3);
                case "imir" ->
                        orientation =
                                Orientation.mirrored(
                                        orientation, (file.u8(property.body()) & 1) == 1);
                default -> {}
            }
        }
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw corrupt("the picture has " + width + " x " + height + " pixels");
        }
        return new PictureHeader((int) width, (int) height, orientation);
    }

    private static UnreadableMedia corrupt(String reason) {
        return new UnreadableMedia("HEIF is corrupt: " + reason);
    }
}

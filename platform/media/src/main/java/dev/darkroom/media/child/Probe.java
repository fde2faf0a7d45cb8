package dev.darkroom.media.child;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.wire.Request;

/// Puts together what a file is: its type, its header, and its metadata where that can be read.
final class Probe {

    private Probe() {}

    static MediaFacts facts(
            MediaFile file, ContentType type, Request.Hello limits, boolean withMetadata)
            throws UnreadableMedia {
        FactSheet sheet = new FactSheet(type, limits.maxTextBytes());
        Promises.check(file, type, limits.limits());
        if (type.kind() == MediaKind.PHOTO) {
            PictureHeader header = PictureHeader.of(file, type);
            header.requireAtMost(limits.maxPixels());
            Promises.checkPicture(header, limits.limits());
            sheet.picture(header);
        } else if (type.kind() == MediaKind.AUDIO) {
            sheet.duration(AudioLength.seconds(file, type.mimeType()));
        }
        if (withMetadata) {
            Metadata.read(file, sheet, limits);
            if (type.kind() != MediaKind.PHOTO) {
                new Recordings(limits).describe(file, sheet);
            }
        } else {
            sheet.warn("metadata could not be read: the parser did not survive it");
        }
        return sheet.facts();
    }
}

package dev.darkroom.media.child;

import com.drew.metadata.exif.makernotes.AppleMakernoteDirectory;
import com.drew.metadata.mov.metadata.QuickTimeMetadataDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.util.HashMap;
import java.util.Map;

/// What makes a photo and a video one: the identifier that both carry, or the video inside of the
/// photo.
final class LiveTags {

    private LiveTags() {}

    static void copy(com.drew.metadata.Metadata metadata, MediaFile file, FactSheet sheet) {
        for (AppleMakernoteDirectory photo :
                metadata.getDirectoriesOfType(AppleMakernoteDirectory.class)) {
            sheet.contentIdentifier(
                    photo.getString(AppleMakernoteDirectory.TAG_CONTENT_IDENTIFIER));
        }
        for (QuickTimeMetadataDirectory video :
                metadata.getDirectoriesOfType(QuickTimeMetadataDirectory.class)) {
            sheet.contentIdentifier(
                    video.getString(QuickTimeMetadataDirectory.TAG_CONTENT_IDENTIFIER));
        }
        Map<String, String> xmp = new HashMap<>();
        for (XmpDirectory directory : metadata.getDirectoriesOfType(XmpDirectory.class)) {
            xmp.putAll(directory.getXmpProperties());
        }
        MotionVideo.find(file, sheet.type(), xmp).ifPresent(sheet::motion);
    }
}

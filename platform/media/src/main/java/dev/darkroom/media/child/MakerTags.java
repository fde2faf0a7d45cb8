package dev.darkroom.media.child;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.makernotes.CanonMakernoteDirectory;
import com.drew.metadata.exif.makernotes.OlympusEquipmentMakernoteDirectory;
import com.drew.metadata.exif.makernotes.ReconyxHyperFireMakernoteDirectory;
import org.jspecify.annotations.Nullable;

/// What some cameras tell only in a block of their maker's own; asked after EXIF.
final class MakerTags {

    private static final int MANUAL_ISO = 0x4000;
    private static final int UNKNOWN = 0x7fff;
    private static final double HIGHEST_ISO = 5e6;

    private MakerTags() {}

    static void copy(Metadata metadata, FactSheet sheet) {
        Directory canon = metadata.getFirstDirectoryOfType(CanonMakernoteDirectory.class);
        Directory olympus =
                metadata.getFirstDirectoryOfType(OlympusEquipmentMakernoteDirectory.class);
        sheet.lens(text(canon, CanonMakernoteDirectory.TAG_LENS_MODEL));
        sheet.lens(text(olympus, OlympusEquipmentMakernoteDirectory.TAG_LENS_MODEL));
        if (canon != null) {
            sheet.exposure(canonIso(canon), null, null, null);
        }
        String trap =
                text(
                        metadata.getFirstDirectoryOfType(ReconyxHyperFireMakernoteDirectory.class),
                        ReconyxHyperFireMakernoteDirectory.TAG_DATE_TIME_ORIGINAL);
        if (trap != null) {
            CameraTime.of(trap.replace(": ", ":"), null, null)
                    .ifPresent(taken -> sheet.taken(taken.instant(), taken.offset()));
        }
    }

    /// What was set, as a step of the dial or as a number; else what the camera chose, told as
    /// 32nds of a doubling.
    private static @Nullable Integer canonIso(Directory canon) {
        Integer set = canon.getInteger(CanonMakernoteDirectory.CameraSettings.TAG_ISO);
        if (set != null && set >= 16 && set <= 19) {
            return 50 << (set - 16);
        }
        if (set != null && set != UNKNOWN && (set & MANUAL_ISO) != 0) {
            return set & (MANUAL_ISO - 1);
        }
        Integer auto = canon.getInteger(CanonMakernoteDirectory.ShotInfo.TAG_AUTO_ISO);
        Integer base = canon.getInteger(CanonMakernoteDirectory.ShotInfo.TAG_BASE_ISO);
        if (auto == null || base == null || base <= 0) {
            return null;
        }
        double chosen = Math.pow(2, (auto + base) / 32.0) * 100 / 32;
        return chosen < HIGHEST_ISO ? Integer.valueOf((int) Math.round(chosen)) : null;
    }

    private static @Nullable String text(@Nullable Directory directory, int tag) {
        return directory == null ? null : directory.getString(tag);
    }
}

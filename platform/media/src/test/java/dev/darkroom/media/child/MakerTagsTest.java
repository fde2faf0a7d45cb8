package dev.darkroom.media.child;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.makernotes.CanonMakernoteDirectory;
import com.drew.metadata.exif.makernotes.CanonMakernoteDirectory.CameraSettings;
import com.drew.metadata.exif.makernotes.CanonMakernoteDirectory.ShotInfo;
import com.drew.metadata.exif.makernotes.OlympusEquipmentMakernoteDirectory;
import com.drew.metadata.exif.makernotes.ReconyxHyperFireMakernoteDirectory;
import dev.darkroom.media.MediaFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only a maker's own block tells.
class MakerTagsTest {

    private static MediaFacts facts(Directory block) {
        Metadata metadata = new Metadata();
        metadata.addDirectory(block);
        FactSheet sheet = new FactSheet(ContentType.JPEG, 4_096);
        MakerTags.copy(metadata, sheet);
        return sheet.facts();
    }

    @ParameterizedTest
    @CsvSource({
        // the dial, what the camera chose, and the number of both
        "17, , , 100",
        "19, , , 400",
        "16704, , , 320", // 0x4000 and the number itself
        "15, 0, 128, 50", // automatic
        "0, 32, 160, 200",
        "0, 5800, 1000, ", // nonsense
        "32767, , ,", // not known
    })
    void readsTheIsoNumberOfOldCanons(
            int dial, @Nullable Integer auto, @Nullable Integer base, @Nullable Integer iso) {
        CanonMakernoteDirectory canon = new CanonMakernoteDirectory();
        canon.setInt(CameraSettings.TAG_ISO, dial);
        if (auto != null && base != null) {
            canon.setInt(ShotInfo.TAG_AUTO_ISO, auto);
            canon.setInt(ShotInfo.TAG_BASE_ISO, base);
        }

        assertThat(facts(canon).iso()).isEqualTo(iso);
    }

    @Test
    void readsTheLens() {
        OlympusEquipmentMakernoteDirectory olympus = new OlympusEquipmentMakernoteDirectory();
        olympus.setString(OlympusEquipmentMakernoteDirectory.TAG_LENS_MODEL, "M.14-42mm");

        assertThat(facts(olympus).lensModel()).isEqualTo("M.14-42mm");
    }

    @Test
    void readsTheTimeOfATrap() {
        ReconyxHyperFireMakernoteDirectory trap = new ReconyxHyperFireMakernoteDirectory();
        trap.setString(
                ReconyxHyperFireMakernoteDirectory.TAG_DATE_TIME_ORIGINAL, "2020: 3:16 10: 0: 0");

        assertThat(facts(trap).takenAt()).isEqualTo("2020-03-16T10:00:00Z");
    }
}

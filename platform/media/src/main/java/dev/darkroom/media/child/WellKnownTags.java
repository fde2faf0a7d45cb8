package dev.darkroom.media.child;

import com.drew.lang.GeoLocation;
import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.avi.AviDirectory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mov.metadata.QuickTimeMetadataDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tags that have a column of their own: when, where, with which camera and how exposed.
final class WellKnownTags {

    private static final Pattern ISO_6709 =
            Pattern.compile(
                    "([+-]\\d+(?:\\.\\d+)?)([+-]\\d+(?:\\.\\d+)?)([+-]\\d+(?:\\.\\d+)?)?.*");

    private static final Instant CLOCK_NOT_SET = Instant.parse("1970-01-02T00:00:00Z");

    private WellKnownTags() {}

    static void copy(com.drew.metadata.Metadata metadata, FactSheet sheet) {
        Collection<ExifDirectoryBase> exif = metadata.getDirectoriesOfType(ExifDirectoryBase.class);
        sheet.camera(
                firstText(exif, ExifDirectoryBase.TAG_MAKE),
                firstText(exif, ExifDirectoryBase.TAG_MODEL));
        sheet.lens(firstText(exif, ExifDirectoryBase.TAG_LENS_MODEL));
        for (Directory directory : exif) {
            sheet.exposure(
                    directory.getInteger(ExifDirectoryBase.TAG_ISO_EQUIVALENT),
                    directory.getDoubleObject(ExifDirectoryBase.TAG_FNUMBER),
                    directory.getDoubleObject(ExifDirectoryBase.TAG_EXPOSURE_TIME),
                    directory.getDoubleObject(ExifDirectoryBase.TAG_FOCAL_LENGTH));
        }
        taken(exif, sheet);
        for (XmpDirectory xmp : metadata.getDirectoriesOfType(XmpDirectory.class)) {
            xmp(xmp.getXmpProperties(), sheet);
        }
        for (GpsDirectory gps : metadata.getDirectoriesOfType(GpsDirectory.class)) {
            position(gps, sheet);
        }
        video(metadata, sheet);
    }

    private static void taken(Collection<ExifDirectoryBase> exif, FactSheet sheet) {
        int[][] sources = {
            {
                ExifDirectoryBase.TAG_DATETIME_ORIGINAL,
                ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL,
                ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL
            },
            {
                ExifDirectoryBase.TAG_DATETIME_DIGITIZED,
                ExifDirectoryBase.TAG_SUBSECOND_TIME_DIGITIZED,
                ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED
            },
            {
                ExifDirectoryBase.TAG_DATETIME,
                ExifDirectoryBase.TAG_SUBSECOND_TIME,
                ExifDirectoryBase.TAG_TIME_ZONE
            },
        };
        for (int[] source : sources) {
            String time = firstText(exif, source[0]);
            if (time != null) {
                CameraTime.of(time, firstText(exif, source[1]), firstText(exif, source[2]))
                        .ifPresent(taken -> sheet.taken(taken.instant(), taken.offset()));
            }
        }
    }

    private static void xmp(Map<String, String> properties, FactSheet sheet) {
        for (String name :
                new String[] {"exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate"}) {
            String time = properties.get(name);
            if (time != null) {
                CameraTime.of(time, null, null)
                        .ifPresent(taken -> sheet.taken(taken.instant(), taken.offset()));
            }
        }
        sheet.camera(properties.get("tiff:Make"), properties.get("tiff:Model"));
        sheet.lens(properties.get("aux:Lens"));
    }

    private static void position(GpsDirectory gps, FactSheet sheet) {
        if (gps.containsTag(GpsDirectory.TAG_LATITUDE)
                && gps.containsTag(GpsDirectory.TAG_LONGITUDE)) {
            Double latitude =
                    degrees(gps, GpsDirectory.TAG_LATITUDE, GpsDirectory.TAG_LATITUDE_REF, "S");
            Double longitude =
                    degrees(gps, GpsDirectory.TAG_LONGITUDE, GpsDirectory.TAG_LONGITUDE_REF, "W");
            if (latitude != null && longitude != null) {
                sheet.position(latitude, longitude);
            } else {
                GeoLocation location = gps.getGeoLocation();
                if (location != null) {
                    sheet.position(location.getLatitude(), location.getLongitude());
                }
            }
        }
        Double altitude = gps.getDoubleObject(GpsDirectory.TAG_ALTITUDE);
        if (altitude != null) {
            Integer below = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
            sheet.altitude(below != null && below == 1 ? -altitude : altitude);
        }
    }

    /// Our own sum, because the parser's answer hides whether the parts were impossible.
    private static @Nullable Double degrees(
            GpsDirectory gps, int tag, int referenceTag, String negative) {
        Rational[] parts = gps.getRationalArray(tag);
        if (parts == null || parts.length < 3) {
            return null;
        }
        double degrees = parts[0].doubleValue() + value(parts[1]) / 60 + value(parts[2]) / 3_600;
        String reference = gps.getString(referenceTag);
        return negative.equalsIgnoreCase(reference == null ? "" : reference.strip())
                ? -degrees
                : degrees;
    }

    /// Some cameras write 0/0 for minutes or seconds that they do not know.
    private static double value(Rational part) {
        return part.getDenominator() == 0 && part.getNumerator() == 0 ? 0 : part.doubleValue();
    }

    private static void video(com.drew.metadata.Metadata metadata, FactSheet sheet) {
        for (QuickTimeMetadataDirectory tags :
                metadata.getDirectoriesOfType(QuickTimeMetadataDirectory.class)) {
            String created = tags.getString(QuickTimeMetadataDirectory.TAG_CREATION_DATE);
            if (created != null) {
                CameraTime.of(created, null, null)
                        .ifPresent(taken -> sheet.taken(taken.instant(), taken.offset()));
            }
            sheet.camera(
                    tags.getString(QuickTimeMetadataDirectory.TAG_MAKE),
                    tags.getString(QuickTimeMetadataDirectory.TAG_MODEL));
            place(tags.getString(QuickTimeMetadataDirectory.TAG_LOCATION_ISO6709), sheet);
        }
        for (Mp4VideoDirectory track : metadata.getDirectoriesOfType(Mp4VideoDirectory.class)) {
            sheet.size(
                    track.getInteger(Mp4VideoDirectory.TAG_WIDTH),
                    track.getInteger(Mp4VideoDirectory.TAG_HEIGHT));
        }
        for (QuickTimeVideoDirectory track :
                metadata.getDirectoriesOfType(QuickTimeVideoDirectory.class)) {
            sheet.size(
                    track.getInteger(QuickTimeVideoDirectory.TAG_WIDTH),
                    track.getInteger(QuickTimeVideoDirectory.TAG_HEIGHT));
        }
        for (Mp4Directory file : metadata.getDirectoriesOfType(Mp4Directory.class)) {
            sheet.duration(file.getDoubleObject(Mp4Directory.TAG_DURATION_SECONDS));
            sheet.rotation(file.getDoubleObject(Mp4Directory.TAG_ROTATION));
            sheet.taken(plausible(file.getDate(Mp4Directory.TAG_CREATION_TIME)), "Z");
        }
        for (QuickTimeDirectory file : metadata.getDirectoriesOfType(QuickTimeDirectory.class)) {
            sheet.duration(file.getDoubleObject(QuickTimeDirectory.TAG_DURATION_SECONDS));
            sheet.rotation(file.getDoubleObject(QuickTimeDirectory.TAG_ROTATION));
            sheet.taken(plausible(file.getDate(QuickTimeDirectory.TAG_CREATION_TIME)), "Z");
        }
        for (AviDirectory file : metadata.getDirectoriesOfType(AviDirectory.class)) {
            sheet.size(
                    file.getInteger(AviDirectory.TAG_WIDTH),
                    file.getInteger(AviDirectory.TAG_HEIGHT));
        }
    }

    static void place(@Nullable String iso6709, FactSheet sheet) {
        Matcher parts = ISO_6709.matcher(iso6709 == null ? "" : iso6709);
        if (parts.matches()) {
            sheet.position(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)));
            String metres = parts.group(3);
            if (metres != null) {
                sheet.altitude(Double.parseDouble(metres));
            }
        }
    }

    /// Video files count from 1904; a camera without a clock writes that, or 1970.
    private static @Nullable Instant plausible(@Nullable Date date) {
        Instant instant = date == null ? null : date.toInstant();
        return instant == null || instant.isBefore(CLOCK_NOT_SET) ? null : instant;
    }

    private static @Nullable String firstText(Collection<ExifDirectoryBase> directories, int tag) {
        for (Directory directory : directories) {
            String text = directory.getString(tag);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}

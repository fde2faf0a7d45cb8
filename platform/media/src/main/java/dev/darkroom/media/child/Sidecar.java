package dev.darkroom.media.child;

import com.adobe.internal.xmp.XMPConst;
import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.adobe.internal.xmp.options.ParseOptions;
import com.adobe.internal.xmp.properties.XMPProperty;
import dev.darkroom.media.SidecarFacts;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.media.wire.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an XMP file that lies beside a picture, as Lightroom, darktable and digiKam write it.
///
/// Only XMP without a document type is read: no entity is ever expanded or fetched.
final class Sidecar {
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_KEYWORDS = 500;
    private static final int MAX_KEYWORD_BYTES = 256;
    private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";

    /// `48,51.5N`, `48,51,30N`, or degrees with a sign as some programs write them.
    private static final Pattern ANGLE =
            Pattern.compile(
                    "([+-]?[0-9]{1,3}(?:\\.[0-9]{1,12})?)(?:,([0-9]{1,2}(?:\\.[0-9]{1,12})?))?"
                            + "(?:,([0-9]{1,2}(?:\\.[0-9]{1,12})?))?([NSEW])?");

    private static final Pattern RATIONAL =
            Pattern.compile("(-?[0-9]{1,12}(?:\\.[0-9]{1,12})?)(?:/([0-9]{1,12}))?");
    private static final double LOWEST_METRES = -11_000;
    private static final double HIGHEST_METRES = 100_000;

    private final XMPMeta xmp;
    private final int maxTextBytes;

    private Sidecar(XMPMeta xmp, int maxTextBytes) {
        this.xmp = xmp;
        this.maxTextBytes = maxTextBytes;
    }

    static SidecarFacts facts(MediaFile file, Request.Hello limits) throws UnreadableMedia {
        if (file.size() > MAX_BYTES) {
            throw new UnreadableMedia("a sidecar has at most 4 MiB, this one " + file.size());
        }
        try {
            XMPMeta xmp =
                    XMPMetaFactory.parseFromBuffer(
                            file.copy(0, (int) file.size()),
                            new ParseOptions().setDisallowDoctype(true));
            return new Sidecar(xmp, limits.maxTextBytes()).facts();
        } catch (XMPException e) {
            throw new UnreadableMedia("this is no XMP: " + e.getMessage());
        }
    }

    private SidecarFacts facts() {
        Optional<CameraTime> taken = taken();
        Double latitude = angle(text(XMPConst.NS_EXIF, "GPSLatitude"), 90);
        Double longitude = angle(text(XMPConst.NS_EXIF, "GPSLongitude"), 180);
        boolean placed = latitude != null && longitude != null && (latitude != 0 || longitude != 0);
        return new SidecarFacts(
                localized("title"),
                localized("description"),
                rating(),
                keywords(),
                taken.map(CameraTime::instant).orElse(null),
                taken.map(CameraTime::offset).orElse(null),
                placed ? latitude : null,
                placed ? longitude : null,
                altitude());
    }

    private Optional<CameraTime> taken() {
        for (String time :
                List.of(
                        text(XMPConst.NS_EXIF, "DateTimeOriginal"),
                        text(PHOTOSHOP, "DateCreated"),
                        text(XMPConst.NS_XMP, "CreateDate"))) {
            Optional<CameraTime> taken = CameraTime.of(time, null, null);
            if (taken.isPresent()) {
                return taken;
            }
        }
        return Optional.empty();
    }

    private @Nullable Integer rating() {
        Double stars = rational(text(XMPConst.NS_XMP, "Rating"));
        return stars == null || stars < -1 || stars > 5 ? null : (int) Math.round(stars);
    }

    private List<String> keywords() {
        Set<String> keywords = new LinkedHashSet<>();
        try {
            int count = Math.min(MAX_KEYWORDS, xmp.countArrayItems(XMPConst.NS_DC, "subject"));
            for (int i = 1; i <= count; i++) {
                XMPProperty item = xmp.getArrayItem(XMPConst.NS_DC, "subject", i);
                String keyword = Text.clean(item == null ? "" : item.getValue(), MAX_KEYWORD_BYTES);
                if (!keyword.isEmpty()) {
                    keywords.add(keyword);
                }
            }
        } catch (XMPException e) {
            // dc:subject is no list; such keywords are nobody's.
            return List.of();
        }
        return new ArrayList<>(keywords);
    }

    private @Nullable Double altitude() {
        Double metres = rational(text(XMPConst.NS_EXIF, "GPSAltitude"));
        if (metres == null) {
            return null;
        }
        double signed = text(XMPConst.NS_EXIF, "GPSAltitudeRef").equals("1") ? -metres : metres;
        return signed >= LOWEST_METRES && signed <= HIGHEST_METRES ? signed : null;
    }

    private static @Nullable Double angle(String text, int most) {
        Matcher angle = ANGLE.matcher(text);
        if (!angle.matches()) {
            return null;
        }
        double degrees =
                Double.parseDouble(angle.group(1))
                        + number(angle.group(2)) / 60
                        + number(angle.group(3)) / 3_600;
        boolean negative = "S".equals(angle.group(4)) || "W".equals(angle.group(4));
        return Math.abs(degrees) <= most ? (negative ? -degrees : degrees) : null;
    }

    private static @Nullable Double rational(String text) {
        Matcher rational = RATIONAL.matcher(text);
        if (!rational.matches()) {
            return null;
        }
        double divisor = rational.group(2) == null ? 1 : number(rational.group(2));
        return divisor == 0 ? null : Double.parseDouble(rational.group(1)) / divisor;
    }

    private static double number(@Nullable String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }

    /// The default language's text.
    private @Nullable String localized(String name) {
        try {
            XMPProperty text = xmp.getLocalizedText(XMPConst.NS_DC, name, null, XMPConst.X_DEFAULT);
            String clean = Text.clean(text == null ? "" : text.getValue(), maxTextBytes);
            return clean.isEmpty() ? null : clean;
        } catch (XMPException e) {
            String plain = text(XMPConst.NS_DC, name); // a text where a list of languages belongs
            return plain.isEmpty() ? null : plain;
        }
    }

    private String text(String namespace, String name) {
        try {
            String value = xmp.getPropertyString(namespace, name);
            return value == null ? "" : Text.clean(value, maxTextBytes);
        } catch (XMPException e) {
            return ""; // one odd property; its neighbours are fine
        }
    }
}

package dev.darkroom.media.child;

import dev.darkroom.media.UnreadableMedia;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads the size of an SVG drawing, and refuses one that wants anything from outside of its file.
///
/// No entity is expanded and no document type is fetched. Scripts are never run: the library that
/// draws knows none.
final class SvgHeader {

    static final String TYPE = "image/svg+xml";

    /// Set for the child by the pool's options.
    static final boolean ON = Boolean.getBoolean("darkroom.media.svg");

    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int MAX_EDGE = 100_000;
    private static final int DEFAULT_EDGE = 512;

    private static final Pattern LENGTH =
            Pattern.compile("\\s*([0-9]*\\.?[0-9]+)(px|pt|pc|mm|cm|in|em|ex)?\\s*");
    private static final Pattern URL = Pattern.compile("url\\(\\s*['\"]?\\s*([^'\")\\s]*)");

    private SvgHeader() {}

    static PictureHeader read(MediaFile file) throws UnreadableMedia {
        if (file.size() > MAX_BYTES) {
            throw new UnreadableMedia(
                    "an SVG drawing may have at most "
                            + MAX_BYTES / 1024 / 1024
                            + " MB, this one has "
                            + file.size()
                            + " bytes");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = file.stream()) {
            return read(factory.createXMLStreamReader(in));
        } catch (XMLStreamException | IOException e) {
            throw new UnreadableMedia("SVG is corrupt: " + Text.clean(e.toString(), 300), e);
        }
    }

    private static PictureHeader read(XMLStreamReader xml)
            throws XMLStreamException, UnreadableMedia {
        PictureHeader header = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (header == null) {
                    header = size(xml);
                }
                for (int i = 0; i < xml.getAttributeCount(); i++) {
                    String name = xml.getAttributeLocalName(i);
                    String value = xml.getAttributeValue(i);
                    if (name.equals("href") || name.equals("src")) {
                        requireInside(value, xml.getLocalName().equals("a"));
                    }
                    requireUrlsInside(value);
                }
            } else if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA) {
                requireUrlsInside(xml.getText());
            }
        }
        if (header == null) {
            throw new UnreadableMedia("SVG is corrupt: it has no drawing");
        }
        return header;
    }

    private static void requireUrlsInside(String text) throws UnreadableMedia {
        Matcher url = URL.matcher(text);
        while (url.find()) {
            requireInside(url.group(1), false);
        }
        if (text.contains("@import")) {
            throw new UnreadableMedia(
                    "SVG imports a style sheet from elsewhere; put its styles into the file");
        }
    }

    /// @param isLink a person may follow it, nothing is loaded
    private static void requireInside(String reference, boolean isLink) throws UnreadableMedia {
        String target = reference.strip();
        if (!isLink
                && !target.isEmpty()
                && !target.startsWith("#")
                && !target.toLowerCase(Locale.ROOT).startsWith("data:")) {
            throw new UnreadableMedia(
                    "SVG refers to something outside of its file ("
                            + Text.clean(target, 100)
                            + "), which is never loaded; embed it");
        }
    }

    private static PictureHeader size(XMLStreamReader xml) throws UnreadableMedia {
        double[] box = viewBox(xml.getAttributeValue(null, "viewBox"));
        double width = length(xml.getAttributeValue(null, "width"), box[0]);
        double height = length(xml.getAttributeValue(null, "height"), box[1]);
        if (!(width > 0 && height > 0 && Math.max(width, height) <= MAX_EDGE)) {
            throw new UnreadableMedia(
                    "SVG header is corrupt: the drawing is %s x %s".formatted(width, height));
        }
        return new PictureHeader(
                (int) Math.max(1, Math.round(width)), (int) Math.max(1, Math.round(height)), 1);
    }

    private static double[] viewBox(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.strip().split("[\\s,]+");
        if (parts.length != 4) {
            return new double[] {DEFAULT_EDGE, DEFAULT_EDGE};
        }
        return new double[] {length(parts[2], DEFAULT_EDGE), length(parts[3], DEFAULT_EDGE)};
    }

    /// In CSS pixels; a percentage, or nothing, is `otherwise`.
    private static double length(@Nullable String text, double otherwise) {
        Matcher form = LENGTH.matcher(text == null ? "" : text);
        if (!form.matches()) {
            return otherwise;
        }
        double perUnit =
                switch (form.group(2)) {
                    case "pt" -> 96 / 72.0;
                    case "pc" -> 16;
                    case "mm" -> 96 / 25.4;
                    case "cm" -> 96 / 2.54;
                    case "in" -> 96;
                    case "em" -> 16;
                    case "ex" -> 8;
                    case null, default -> 1;
                };
        return Double.parseDouble(form.group(1)) * perUnit;
    }
}

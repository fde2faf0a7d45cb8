package dev.darkroom.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The package archives this machine is set up to use, read from apt's own files.
///
/// @param archives every pair of address and suite, with the keyring its lists are signed with
record AptSources(List<Archive> archives) {

    private static final String DEBIAN_KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

    AptSources {
        archives = List.copyOf(archives);
    }

    /// @param uri where the archive is
    /// @param suite such as `bookworm-security`
    /// @param signedBy the keyring that must have signed its lists
    record Archive(String uri, String suite, String signedBy) {}

    /// Reads `sources.list` and `sources.list.d` under apt's configuration folder.
    static AptSources read(Path configuration) {
        List<Archive> found = new ArrayList<>();
        try {
            Path main = configuration.resolve("sources.list");
            if (Files.isReadable(main)) {
                found.addAll(oneLine(Files.readString(main)));
            }
            Path parts = configuration.resolve("sources.list.d");
            if (Files.isDirectory(parts)) {
                try (DirectoryStream<Path> files =
                        Files.newDirectoryStream(parts, "*.{list,sources}")) {
                    for (Path file : files) {
                        String text = Files.readString(file);
                        found.addAll(
                                file.toString().endsWith(".list") ? oneLine(text) : deb822(text));
                    }
                }
            }
        } catch (IOException e) {
            throw new BackendsUnavailable("cannot read apt's sources in " + configuration, e);
        }
        return new AptSources(found);
    }

    /// A list of the same archives for another release: programs and sources of `release`, and the
    /// sources alone of the release after it. Empty when no archive of `own` is among them.
    String forRelease(String own, String release, String later) {
        Set<String> lines = new LinkedHashSet<>();
        for (Archive archive : archives) {
            if (archive.suite().equals(own)) {
                both(lines, archive, release);
                both(lines, archive, release + "-updates");
                lines.add(line("deb-src", archive, release + "-backports"));
                lines.add(line("deb-src", archive, later));
            } else if (archive.suite().equals(own + "-security")) {
                both(lines, archive, release + "-security");
            }
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static void both(Set<String> lines, Archive archive, String suite) {
        lines.add(line("deb", archive, suite));
        lines.add(line("deb-src", archive, suite));
    }

    private static String line(String type, Archive archive, String suite) {
        return type
                + " [signed-by="
                + archive.signedBy()
                + "] "
                + archive.uri()
                + " "
                + suite
                + " main";
    }

    private static List<Archive> oneLine(String text) {
        List<Archive> found = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            String line = raw.replaceAll("#.*", "").strip();
            String keys = DEBIAN_KEYS;
            int open = line.indexOf('[');
            int close = line.indexOf(']');
            if (open >= 0 && close > open) {
                keys = signedBy(line.substring(open + 1, close));
                line = line.substring(0, open) + line.substring(close + 1);
            }
            String[] words = line.split("\\s+", -1);
            if (words.length >= 3 && words[0].equals("deb")) {
                found.add(new Archive(words[1], words[2], keys));
            }
        }
        return found;
    }

    private static String signedBy(String options) {
        for (String option : options.strip().split("\\s+", -1)) {
            if (option.toLowerCase(Locale.ROOT).startsWith("signed-by=/")) {
                return option.substring("signed-by=".length());
            }
        }
        return DEBIAN_KEYS;
    }

    private static List<Archive> deb822(String text) {
        List<Archive> found = new ArrayList<>();
        for (String stanza : text.split("\\n\\s*\\n", -1)) {
            Map<String, String> fields = fields(stanza);
            boolean disabled = fields.getOrDefault("enabled", "yes").equals("no");
            if (disabled || !words(fields, "types").contains("deb")) {
                continue;
            }
            String signedBy = fields.getOrDefault("signed-by", "");
            String keys = signedBy.startsWith("/") ? signedBy.split("\\s+", 2)[0] : DEBIAN_KEYS;
            for (String uri : words(fields, "uris")) {
                for (String suite : words(fields, "suites")) {
                    found.add(new Archive(uri, suite, keys));
                }
            }
        }
        return found;
    }

    private static Map<String, String> fields(String stanza) {
        Map<String, String> fields = new TreeMap<>();
        String current = "";
        for (String line : stanza.lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                fields.merge(
                        current, line.strip(), (before, more) -> (before + " " + more).strip());
            } else if (colon > 0) {
                current = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.put(current, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static List<String> words(Map<String, String> fields, String name) {
        return List.of(fields.getOrDefault(name, "").strip().split("\\s+", -1));
    }
}

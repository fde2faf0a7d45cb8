package dev.darkroom.media.child;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Walks the boxes of a finished AVIF file: only what its pictures need may be there, and every
/// item must be a picture.
final class AvifStrangers {

    private static final Map<String, Set<String>> WITHIN =
            Map.of(
                    "", Set.of("ftyp", "meta", "mdat", "free"),
                    "meta", Set.of("hdlr", "pitm", "iloc", "iinf", "iprp", "iref", "idat"),
                    "iinf", Set.of("infe"),
                    "iprp", Set.of("ipco", "ipma"),
                    "ipco",
                            Set.of(
                                    "ispe", "pixi", "av1C", "colr", "pasp", "irot", "imir", "auxC",
                                    "clap", "a1op", "lsel"),
                    "iref", Set.of("auxl", "dimg", "prem"));

    /// Version and flags, and the count behind them.
    private static final Map<String, Integer> HEADERS = Map.of("meta", 4, "iref", 4, "iinf", 6);

    private static final Set<String> PICTURES = Set.of("av01", "grid");

    private final byte[] file;
    private final List<String> strangers = new ArrayList<>();

    private AvifStrangers(byte[] file) {
        this.file = file;
    }

    static List<String> in(byte[] file) {
        AvifStrangers walk = new AvifStrangers(file);
        walk.boxes("", 0, file.length);
        return walk.strangers;
    }

    private void boxes(String parent, int from, int end) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = from;
        while (at + 8 <= end) {
            int length = in.getInt(at) == 0 ? end - at : in.getInt(at);
            if (length < 8 || length > end - at) {
                strangers.add("a box of " + length + " bytes in " + parent);
                return;
            }
            box(parent, text(at + 4), at, at + length);
            at += length;
        }
    }

    private void box(String parent, String type, int at, int end) {
        if (!WITHIN.getOrDefault(parent, Set.of()).contains(type)) {
            strangers.add(parent + "/" + type);
        } else if (type.equals("infe")) {
            item(at, end);
        } else if (type.equals("colr") && !text(at + 8).equals("nclx")) {
            strangers.add("a colour profile");
        } else if (type.equals("iinf") && file[at + 8] != 0) {
            boxes(type, at + 8 + 8, end); // version 1 counts with four bytes
        } else if (WITHIN.containsKey(type)) {
            boxes(type, at + 8 + HEADERS.getOrDefault(type, 0), end);
        }
    }

    /// Version 2 has the type behind a short number, version 3 behind a long one.
    private void item(int at, int end) {
        int type = at + 12 + (file[at + 8] < 3 ? 4 : 6);
        String item = type + 4 <= end ? text(type) : "an item without a type";
        if (!PICTURES.contains(item)) {
            strangers.add("item " + item);
        }
    }

    private String text(int at) {
        return new String(file, at, 4, ISO_8859_1);
    }
}

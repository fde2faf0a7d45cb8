package dev.darkroom.bench.thumbnails;

import dev.darkroom.bench.thumbnails.Photos.Photo;
import dev.darkroom.bench.thumbnails.Quality.Grey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What must be true of Darkroom's thumbnails beside the rival's, or else no ratio means anything.
final class Gates {

    private static final double DECIBELS = 0.5;
    private static final double BYTES = 1.05;

    private final Contender ours;
    private final Contender rival;
    private final List<String> broken = new ArrayList<>();
    private final double[][] sums = new double[Contender.SIZES.size()][6];
    private int photos;

    Gates(Contender ours, Contender rival) {
        this.ours = ours;
        this.rival = rival;
    }

    /// Compares the thumbnails of one photo, and counts them for the averages.
    void check(Photo photo) throws IOException, InterruptedException {
        Reference reference = Reference.of(photo.file(), photo.orientation());
        List<byte[]> own = ours.thumbnails(photo.file());
        List<byte[]> other = rival.thumbnails(photo.file());
        photos++;
        for (int i = 0; i < own.size(); i++) {
            Grey seen = Grey.of(own.get(i));
            Grey beside = Grey.of(other.get(i));
            if (seen.width() != beside.width() || seen.height() != beside.height()) {
                broken.add(
                        "%s is %d x %d, the rival's %d x %d"
                                .formatted(
                                        photo.name(),
                                        seen.width(),
                                        seen.height(),
                                        beside.width(),
                                        beside.height()));
                continue;
            }
            plain(photo, own.get(i));
            Grey expected = reference.at(seen.width(), seen.height());
            Quality quality = Quality.of(expected, seen);
            Quality theirs = Quality.of(expected, beside);
            double[] values = {
                quality.noise(),
                theirs.noise(),
                quality.structure(),
                theirs.structure(),
                own.get(i).length,
                other.get(i).length
            };
            for (int k = 0; k < values.length; k++) {
                sums[i][k] += values[k];
            }
        }
    }

    /// Baseline, and nothing in it but the picture.
    private void plain(Photo photo, byte[] jpeg) {
        int at = 2;
        int marker = jpeg[at + 1] & 0xff;
        while (marker != 0xda) {
            boolean allowed = marker == 0xe0 || marker == 0xdb || marker == 0xc0 || marker == 0xc4;
            if (!allowed) {
                broken.add("%s holds a segment %02x".formatted(photo.name(), marker));
            }
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
            marker = jpeg[at + 1] & 0xff;
        }
        if (new String(jpeg, StandardCharsets.ISO_8859_1).contains(Photos.SECRET)) {
            broken.add(photo.name() + " tells who took the photo");
        }
    }

    /// Prints the averages, then what is broken.
    void report(PrintStream out) {
        out.println();
        out.println("| size | PSNR-Y | sharp | SSIM in dB | sharp | bytes | sharp | bytes ratio |");
        out.println("|--:|--:|--:|--:|--:|--:|--:|--:|");
        double own = 0;
        double other = 0;
        for (int i = 0; i < sums.length; i++) {
            double[] sum = sums[i];
            out.printf(
                    Locale.ROOT,
                    "| %d | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.3f |%n",
                    Contender.SIZES.get(i),
                    sum[0] / photos,
                    sum[1] / photos,
                    sum[2] / photos,
                    sum[3] / photos,
                    sum[4] / photos,
                    sum[5] / photos,
                    sum[4] / sum[5]);
            own += sum[4];
            other += sum[5];
            if ((sum[1] - sum[0]) / photos > DECIBELS || (sum[3] - sum[2]) / photos > DECIBELS) {
                broken.add("size " + Contender.SIZES.get(i) + " is worse than the rival's");
            }
        }
        if (own > BYTES * other) {
            broken.add("the thumbnails take more bytes than the rival's");
        }
        out.printf(
                Locale.ROOT,
                "%nGates over %d photos, eight orientations among them: bytes %.3f; %s%n",
                photos,
                own / other,
                broken.isEmpty() ? "all hold" : "BROKEN, no ratio counts: " + broken);
    }
}

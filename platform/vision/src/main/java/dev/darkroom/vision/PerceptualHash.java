package dev.darkroom.vision;

import java.util.Locale;

/// What a picture looks like in 256 bits. Two hashes of copies of one picture differ in few of
/// them.
///
/// @param bits 256 times `0` or `1`, as PostgreSQL's `bit(256)` reads it; four of them are a digit
///   of the hash as it is published elsewhere
/// @param quality 0 to 100: how much there is to tell pictures apart by
public record PerceptualHash(String bits, int quality) {
    /// How many bits a hash has.
    public static final int BITS = 256;

    /// The most bits in which copies differ, as those who made PDQ recommend.
    public static final int NEAR = 31;

    /// Hashes up to this quality, of an empty sky say, are alike without meaning anything.
    public static final int TOO_PLAIN = 49;

    public PerceptualHash {
        if (!bits.matches("[01]{256}")) {
            throw new IllegalArgumentException("a hash has 256 bits: " + bits);
        }
        if (quality < 0 || quality > 100) {
            throw new IllegalArgumentException("quality must be 0 to 100: " + quality);
        }
    }

    /// Whether it can be compared at all.
    public boolean isComparable() {
        return quality > TOO_PLAIN;
    }

    /// In how many bits two hashes differ.
    public int distance(PerceptualHash other) {
        int distance = 0;
        for (int i = 0; i < BITS; i++) {
            distance += bits.charAt(i) == other.bits.charAt(i) ? 0 : 1;
        }
        return distance;
    }

    /// Whether both are of one picture.
    public boolean isNear(PerceptualHash other) {
        return isComparable() && other.isComparable() && distance(other) <= NEAR;
    }

    /// 64 hexadecimal digits.
    public String hex() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < BITS; i += 4) {
            hex.append(Integer.toHexString(Integer.parseInt(bits.substring(i, i + 4), 2)));
        }
        return hex.toString().toLowerCase(Locale.ROOT);
    }
}

package dev.darkroom.media.child.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against Java's colour management system.
class ColourProfileTest {

    /// Display P3, as phones write it: its three colours under the light of profiles, and the curve
    /// of sRGB as a formula.
    private static byte[] displayP3() {
        ByteBuffer profile = ByteBuffer.allocate(128 + 4 + 7 * 12 + 4 * 20 + 32);
        profile.putInt(0, profile.capacity());
        profile.putInt(8, 0x04000000);
        put(profile, 12, "mntrRGB XYZ ");
        put(profile, 36, "acsp");
        profile.putInt(68, 0xf6d6).putInt(72, 0x10000).putInt(76, 0xd32d);
        profile.putInt(128, 7);
        double[][] colours = {
            {0.51512, 0.24120, -0.00105},
            {0.29198, 0.69225, 0.04189},
            {0.15710, 0.06657, 0.78407},
            {0.9642, 1, 0.8249}
        };
        String[] names = {"rXYZ", "gXYZ", "bXYZ", "wtpt", "rTRC", "gTRC", "bTRC"};
        int at = 128 + 4 + 7 * 12;
        for (int i = 0; i < names.length; i++) {
            int entry = 132 + 12 * i;
            put(profile, entry, names[i]);
            profile.putInt(entry + 4, i < 4 ? at + 20 * i : at + 80);
            profile.putInt(entry + 8, i < 4 ? 20 : 32);
        }
        for (int i = 0; i < 4; i++) {
            put(profile, at + 20 * i, "XYZ ");
            for (int k = 0; k < 3; k++) {
                profile.putInt(at + 20 * i + 8 + 4 * k, fixed(colours[i][k]));
            }
        }
        put(profile, at + 80, "para");
        profile.putShort(at + 88, (short) 3);
        double[] curve = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
        for (int i = 0; i < curve.length; i++) {
            profile.putInt(at + 92 + 4 * i, fixed(curve[i]));
        }
        return profile.array();
    }

    private static int fixed(double value) {
        return (int) Math.round(value * 65_536);
    }

    private static void put(ByteBuffer profile, int at, String word) {
        profile.put(at, word.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Two by two pixels of one colour, in a picture of several.
    private static SmallPicture colours(int[] rgb) {
        SmallPicture picture = SmallPicture.empty(2 * rgb.length, 2);
        for (int i = 0; i < rgb.length; i++) {
            int r = rgb[i] >> 16 & 0xff;
            int g = rgb[i] >> 8 & 0xff;
            int b = rgb[i] & 0xff;
            byte light = (byte) Math.round(0.299 * r + 0.587 * g + 0.114 * b);
            Plane luminance = picture.luminance();
            for (int k = 0; k < 4; k++) {
                luminance.samples()[k / 2 * luminance.stride() + 2 * i + k % 2] = light;
            }
            picture.blueness().samples()[i] =
                    (byte) Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
            picture.redness().samples()[i] =
                    (byte) Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
        }
        return picture;
    }

    @Test
    void convertsAsAColourManagementSystemDoes() throws Exception {
        byte[] bytes = displayP3();
        ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(bytes));
        Random random = new Random(2);
        int[] rgb = new int[200];
        for (int i = 0; i < rgb.length; i++) {
            int level = 60 + random.nextInt(120); // colours that sRGB has too
            rgb[i] =
                    (level + random.nextInt(40)) << 16
                            | (level + random.nextInt(40)) << 8
                            | (level + random.nextInt(40));
        }
        SmallPicture picture = colours(rgb);

        ColourProfile.of(bytes).toSrgb(picture);

        int[] argb = picture.argb();
        for (int i = 0; i < rgb.length; i++) {
            float[] expected =
                    space.toRGB(
                            new float[] {
                                (rgb[i] >> 16 & 0xff) / 255f,
                                (rgb[i] >> 8 & 0xff) / 255f,
                                (rgb[i] & 0xff) / 255f
                            });
            for (int k = 0; k < 3; k++) {
                assertThat((argb[2 * i] >> (16 - 8 * k) & 0xff) / 255f)
                        .as("channel %d of %06x", k, rgb[i])
                        .isCloseTo(expected[k], within(4 / 255f));
            }
        }
    }

    @Test
    void leavesSrgbAsItIs() throws Exception {
        ColourProfile profile =
                ColourProfile.of(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        SmallPicture picture = colours(new int[] {0x3366cc, 0xffffff, 0});
        byte[] before = picture.luminance().samples().clone();

        profile.toSrgb(picture);

        assertThat(picture.luminance().samples()).isEqualTo(before);
    }

    @Test
    void leavesBrokenProfilesToOthers() {
        byte[] whole = displayP3();

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ColourProfile.of(part)).isInstanceOf(UnusualJpeg.class);
        }
        assertThatThrownBy(() -> ColourProfile.of(new byte[200])).isInstanceOf(UnusualJpeg.class);
    }
}

package dev.darkroom.media.child.jpeg;

import java.util.Arrays;

/// What the samples of one picture after the other mean, and how they become sRGB.
final class Colours {

    private static final int NEUTRAL = 128;

    private ColourProfile profile = ColourProfile.SRGB;
    private boolean grey;
    private boolean profiled;

    /// Makes ready for a picture before anything of it is decoded.
    ///
    /// @param bytes its embedded profile; empty when there is none
    /// @throws UnusualJpeg when only a colour management system understands them
    void expect(boolean greyPicture, byte[] bytes) throws UnusualJpeg {
        grey = greyPicture;
        profiled = bytes.length > 0;
        if (profiled && !profile.isMadeFrom(bytes)) {
            profile = ColourProfile.of(bytes);
        }
        if (grey && profiled) {
            throw new UnusualJpeg("grey with a profile");
        }
    }

    /// Changes the decoded picture in place; a grey one gets its colour planes.
    void toSrgb(SmallPicture picture) {
        if (grey) {
            Arrays.fill(picture.blueness().samples(), (byte) NEUTRAL);
            Arrays.fill(picture.redness().samples(), (byte) NEUTRAL);
        }
        if (profiled) {
            profile.toSrgb(picture);
        }
    }
}

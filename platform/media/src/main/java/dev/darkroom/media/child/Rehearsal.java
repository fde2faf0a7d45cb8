package dev.darkroom.media.child;

import dev.darkroom.media.Fit;
import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.child.ffmpeg.Ffmpeg;
import dev.darkroom.media.kernel.Kernel;
import dev.darkroom.media.kernel.Landlock;
import dev.darkroom.media.wire.Frames;
import dev.darkroom.media.wire.Request;
import java.util.List;

/// What both lives of a child do until it is warm, on nothing but our own picture: the virtual
/// machine keeps the classes that this took for later children.
public final class Rehearsal {

    private static final long MAX_PIXELS = 1_000_000;
    private static final int MAX_TEXT = 4_096;
    private static final int MAX_TAGS = 2_000;

    /// Enough for the processor's vectors, which come last.
    private static final int PICTURES = 20;

    private Rehearsal() {}

    /// Ends by itself, which is when the virtual machine writes its archive.
    ///
    /// @param arguments whether native decoders may be used
    public static void main(String[] arguments) {
        boolean nativeDecoders = Boolean.parseBoolean(arguments[0]);
        if (Kernel.isHere()) {
            attempt(() -> new Landlock(new Kernel()));
        }
        Desk own = desk(nativeDecoders, true);
        own.ready(List.of(), false);
        desk(nativeDecoders, false).ready(List.of(), false);
        for (int i = 0; i < PICTURES; i++) {
            WarmUp.run(own, Fit.INSIDE);
        }
        if (Ffmpeg.obstacle() == null) {
            attempt(Ffmpeg::load);
        }
    }

    private static Desk desk(boolean nativeDecoders, boolean ownCodeOnly) {
        return new Desk(
                new Request.Hello(
                        Frames.VERSION,
                        MAX_PIXELS,
                        MAX_TEXT,
                        MAX_TAGS,
                        nativeDecoders,
                        ownCodeOnly,
                        MediaLimits.defaults()));
    }

    private interface Attempt {
        Object make() throws Exception;
    }

    /// What does not work here will not work in a child, and is of no use to it.
    private static void attempt(Attempt attempt) {
        try {
            attempt.make();
        } catch (Exception e) {
            System.err.println("not rehearsed: " + e.getMessage());
        }
    }
}

package dev.darkroom.media.wire;

import dev.darkroom.media.AudioFacts;
import dev.darkroom.media.LiveFacts;
import dev.darkroom.media.Loop;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The parts of [Frames] that only sound and moving pictures have.
final class RecordingFrames {

    private RecordingFrames() {}

    static void writeAudio(DataOutputStream out, @Nullable AudioFacts audio) throws IOException {
        out.writeBoolean(audio != null);
        if (audio == null) {
            return;
        }
        Values.writeNullable(out, audio.title());
        Values.writeNullable(out, audio.artist());
        Values.writeNullable(out, audio.album());
        Values.writeNullable(out, audio.albumArtist());
        Values.writeNullable(out, audio.genre());
        Values.writeNullable(out, audio.year());
        Values.writeNullable(out, audio.track());
        Values.writeNullable(out, audio.channels());
        Values.writeNullable(out, audio.sampleRate());
        Values.writeNullable(out, audio.bitrate());
        Values.writeText(out, audio.format());
    }

    static @Nullable AudioFacts readAudio(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return new AudioFacts(
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, Integer.class),
                Values.readNullable(in, Integer.class),
                Values.readNullable(in, Integer.class),
                Values.readNullable(in, Integer.class),
                Values.readNullable(in, Integer.class),
                Values.readText(in));
    }

    static void writeLive(DataOutputStream out, LiveFacts live) throws IOException {
        Values.writeNullable(out, live.contentIdentifier());
        Values.writeNullable(out, live.videoOffset());
        Values.writeNullable(out, live.videoLength());
    }

    static LiveFacts readLive(DataInputStream in) throws IOException {
        return new LiveFacts(
                Values.readNullable(in, String.class),
                Values.readNullable(in, Long.class),
                Values.readNullable(in, Long.class));
    }

    static void writeLoop(DataOutputStream out, @Nullable Loop loop) throws IOException {
        out.writeBoolean(loop != null);
        if (loop != null) {
            out.writeInt(loop.width());
            out.writeInt(loop.height());
            Values.writeBytes(out, loop.webp());
        }
    }

    static @Nullable Loop readLoop(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Loop(in.readInt(), in.readInt(), Values.readBytes(in)) : null;
    }
}

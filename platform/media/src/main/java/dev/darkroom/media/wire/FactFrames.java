package dev.darkroom.media.wire;

import dev.darkroom.media.MediaFacts;
import dev.darkroom.media.MediaKind;
import dev.darkroom.media.SidecarFacts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What a file says about itself, in the body of a frame.
final class FactFrames {

    private FactFrames() {}

    static void writeFacts(DataOutputStream out, MediaFacts facts) throws IOException {
        Values.writeText(out, facts.mimeType());
        Values.writeText(out, facts.kind().name());
        Values.writeNullable(out, facts.width());
        Values.writeNullable(out, facts.height());
        out.writeByte(facts.orientation());
        Values.writeInstant(out, facts.takenAt());
        Values.writeNullable(out, facts.takenAtOffset());
        Values.writeNullable(out, facts.durationSeconds());
        Values.writeNullable(out, facts.cameraMake());
        Values.writeNullable(out, facts.cameraModel());
        Values.writeNullable(out, facts.lensModel());
        Values.writeNullable(out, facts.iso());
        Values.writeNullable(out, facts.aperture());
        Values.writeNullable(out, facts.shutterSpeed());
        Values.writeNullable(out, facts.focalLength());
        Values.writeNullable(out, facts.latitude());
        Values.writeNullable(out, facts.longitude());
        Values.writeNullable(out, facts.altitude());
        out.writeBoolean(facts.isRaw());
        RecordingFrames.writeAudio(out, facts.audio());
        RecordingFrames.writeLive(out, facts.live());
        Values.writeMap(out, facts.metadata());
        Values.writeTexts(out, facts.warnings());
    }

    static MediaFacts readFacts(DataInputStream in) throws IOException {
        String mimeType = Values.readText(in);
        return new MediaFacts(
                mimeType,
                MediaKind.valueOf(Values.readText(in)),
                Values.readNullable(in, Integer.class),
                Values.readNullable(in, Integer.class),
                in.readUnsignedByte(),
                Values.readInstant(in),
                Values.readNullable(in, String.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, Integer.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, Double.class),
                in.readBoolean(),
                RecordingFrames.readAudio(in),
                RecordingFrames.readLive(in),
                Values.readMap(in),
                Values.readTexts(in));
    }

    static void writeSidecar(DataOutputStream out, SidecarFacts facts) throws IOException {
        Values.writeNullable(out, facts.title());
        Values.writeNullable(out, facts.description());
        Values.writeNullable(out, facts.rating());
        Values.writeTexts(out, facts.keywords());
        Values.writeInstant(out, facts.takenAt());
        Values.writeNullable(out, facts.takenAtOffset());
        Values.writeNullable(out, facts.latitude());
        Values.writeNullable(out, facts.longitude());
        Values.writeNullable(out, facts.altitude());
    }

    static SidecarFacts readSidecar(DataInputStream in) throws IOException {
        return new SidecarFacts(
                Values.readNullable(in, String.class),
                Values.readNullable(in, String.class),
                Values.readNullable(in, Integer.class),
                Values.readTexts(in),
                Values.readInstant(in),
                Values.readNullable(in, String.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, Double.class),
                Values.readNullable(in, Double.class));
    }
}

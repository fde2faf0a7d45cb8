package dev.darkroom.media.wire;

import dev.darkroom.media.Fit;
import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.PictureFormat;
import dev.darkroom.media.RenderRequest;
import dev.darkroom.media.RenderSize;
import dev.darkroom.media.Rendered;
import dev.darkroom.media.Rendition;
import dev.darkroom.media.RgbPicture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Frames on a pipe: the marker `DRM1`, the length of the body, the body's kind, the body.
///
/// The parent does not trust the child, so lengths are bounded before anything is allocated, and
/// whatever is not a frame (text that a native library printed, say) is an [IOException].
public final class Frames {

    /// Raised whenever a frame changes its shape; parent and child come from one build, so they
    /// must agree.
    public static final int VERSION = 5;

    private static final int MARKER = 0x44524d31;
    private static final int MAX_BODY = 96 * 1024 * 1024;
    private static final int COMMON_BODY = 1024 * 1024;
    private static final int SMALL_BODY = 512;

    private Frames() {}

    public static void send(OutputStream pipe, Request request) throws IOException {
        Body body = new Body(SMALL_BODY);
        int kind =
                switch (request) {
                    case Request.Hello hello -> {
                        body.out.writeInt(hello.version());
                        body.out.writeLong(hello.maxPixels());
                        body.out.writeInt(hello.maxTextBytes());
                        body.out.writeInt(hello.maxTags());
                        body.out.writeBoolean(hello.nativeDecoders());
                        body.out.writeBoolean(hello.ownCodeOnly());
                        writeLimits(body.out, hello.limits());
                        yield 1;
                    }
                    case Request.Probe probe -> {
                        Values.writePath(body.out, probe.file());
                        body.out.writeBoolean(probe.withMetadata());
                        yield 2;
                    }
                    case Request.Render render -> {
                        Values.writePath(body.out, render.file());
                        writeWanted(body.out, render.wanted());
                        yield 3;
                    }
                    case Request.ReadSidecar sidecar -> {
                        Values.writePath(body.out, sidecar.file());
                        yield 4;
                    }
                    case Request.Animate animate -> {
                        Values.writePath(body.out, animate.file());
                        body.out.writeInt(animate.maxEdge());
                        yield 7;
                    }
                    case Request.ReadPixels pixels -> {
                        Values.writePath(body.out, pixels.file());
                        body.out.writeInt(pixels.maxEdge());
                        yield 5;
                    }
                };
        body.sendAs(kind, pipe);
    }

    public static void send(OutputStream pipe, Reply reply) throws IOException {
        Body body = new Body(SMALL_BODY + pictureBytes(reply));
        int kind =
                switch (reply) {
                    case Reply.Ready ready -> {
                        Values.writeMap(body.out, ready.engineByMimeType());
                        Values.writeTexts(
                                body.out, ready.outputs().stream().map(Enum::name).toList());
                        Values.writeTexts(body.out, ready.missing());
                        Values.writeTexts(body.out, ready.confinement());
                        body.out.writeBoolean(ready.takesFiles());
                        yield 11;
                    }
                    case Reply.Probed probed -> {
                        FactFrames.writeFacts(body.out, probed.facts());
                        yield 12;
                    }
                    case Reply.Drawn drawn -> {
                        writeRendered(body.out, drawn.rendered());
                        yield 13;
                    }
                    case Reply.Unreadable unreadable -> {
                        Values.writeText(body.out, unreadable.reason());
                        yield 14;
                    }
                    case Reply.Inaccessible inaccessible -> {
                        Values.writeText(body.out, inaccessible.reason());
                        yield 15;
                    }
                    case Reply.NoDecoder lacking -> {
                        Values.writeText(body.out, lacking.reason());
                        yield 19;
                    }
                    case Reply.Elsewhere _ -> 20;
                    case Reply.SidecarRead sidecar -> {
                        FactFrames.writeSidecar(body.out, sidecar.facts());
                        yield 16;
                    }
                    case Reply.Animated animated -> {
                        RecordingFrames.writeLoop(body.out, animated.loop());
                        yield 17;
                    }
                    case Reply.PixelsRead pixels -> {
                        RgbPicture picture = pixels.picture();
                        body.out.writeInt(picture.width());
                        body.out.writeInt(picture.height());
                        Values.writeBytes(body.out, picture.rgb());
                        yield 18;
                    }
                };
        body.sendAs(kind, pipe);
    }

    private static int pictureBytes(Reply reply) {
        return switch (reply) {
            case Reply.Drawn(Rendered rendered) ->
                    rendered.renditions().stream().mapToInt(one -> one.bytes().length).sum();
            case Reply.PixelsRead(RgbPicture picture) -> picture.rgb().length;
            default -> 0;
        };
    }

    /// Waits for the next request.
    ///
    /// @throws EOFException when the parent is gone
    public static Request readRequest(InputStream pipe) throws IOException {
        Frame frame = readFrame(pipe);
        DataInputStream in = frame.in();
        return switch (frame.kind()) {
            case 1 ->
                    new Request.Hello(
                            in.readInt(),
                            in.readLong(),
                            in.readInt(),
                            in.readInt(),
                            in.readBoolean(),
                            in.readBoolean(),
                            readLimits(in));
            case 2 -> new Request.Probe(Values.readPath(in), in.readBoolean());
            case 3 -> new Request.Render(Values.readPath(in), readWanted(in));
            case 4 -> new Request.ReadSidecar(Values.readPath(in));
            case 7 -> new Request.Animate(Values.readPath(in), in.readInt());
            case 5 -> new Request.ReadPixels(Values.readPath(in), in.readInt());
            default -> throw new IOException("no request has the kind " + frame.kind());
        };
    }

    /// Waits for the next reply.
    ///
    /// @throws EOFException when the child is gone
    public static Reply readReply(InputStream pipe) throws IOException {
        Frame frame = readFrame(pipe);
        DataInputStream in = frame.in();
        try {
            return switch (frame.kind()) {
                case 11 ->
                        new Reply.Ready(
                                Values.readTextMap(in),
                                readOutputs(in),
                                Values.readTexts(in),
                                Values.readTexts(in),
                                in.readBoolean());
                case 12 -> new Reply.Probed(FactFrames.readFacts(in));
                case 13 -> new Reply.Drawn(readRendered(in));
                case 14 -> new Reply.Unreadable(Values.readText(in));
                case 15 -> new Reply.Inaccessible(Values.readText(in));
                case 16 -> new Reply.SidecarRead(FactFrames.readSidecar(in));
                case 17 -> new Reply.Animated(RecordingFrames.readLoop(in));
                case 18 ->
                        new Reply.PixelsRead(
                                new RgbPicture(in.readInt(), in.readInt(), Values.readBytes(in)));
                case 19 -> new Reply.NoDecoder(Values.readText(in));
                case 20 -> new Reply.Elsewhere();
                default -> throw new IOException("no reply has the kind " + frame.kind());
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("the child sent a value that cannot be: " + e.getMessage(), e);
        }
    }

    private record Frame(int kind, DataInputStream in) {}

    private static Frame readFrame(InputStream pipe) throws IOException {
        DataInputStream in = new DataInputStream(pipe);
        int marker = in.readInt();
        if (marker != MARKER) {
            throw new IOException("not a frame: it begins with 0x" + Integer.toHexString(marker));
        }
        int length = in.readInt();
        if (length < 0 || length > MAX_BODY) {
            throw new IOException(
                    "frame of " + length + " bytes; at most " + MAX_BODY + " are allowed");
        }
        int kind = in.readUnsignedByte();
        byte[] body = length <= COMMON_BODY ? readAtOnce(in, length) : in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("frame ends after " + body.length + " of " + length + " bytes");
        }
        return new Frame(kind, new DataInputStream(new ByteArrayInputStream(body)));
    }

    /// Without growing in between, for which a length that is made up could cost much memory.
    private static byte[] readAtOnce(DataInputStream in, int length) throws IOException {
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    /// A frame that is being written, head and all, so that it goes into the pipe in one piece.
    private static final class Body {
        private static final int HEAD = 9;

        private final Buffer bytes;
        private final DataOutputStream out;

        /// @param length about so many bytes
        Body(int length) throws IOException {
            bytes = new Buffer(HEAD + length);
            out = new DataOutputStream(bytes);
            out.write(new byte[HEAD]);
        }

        void sendAs(int kind, OutputStream pipe) throws IOException {
            bytes.head().putInt(MARKER).putInt(bytes.size() - HEAD).put((byte) kind);
            bytes.writeTo(pipe);
            pipe.flush();
        }
    }

    private static final class Buffer extends ByteArrayOutputStream {
        Buffer(int size) {
            super(size);
        }

        /// To be written over.
        ByteBuffer head() {
            return ByteBuffer.wrap(buf);
        }
    }

    private static void writeLimits(DataOutputStream out, MediaLimits limits) throws IOException {
        out.writeLong(limits.cpu().toNanos());
        out.writeInt(limits.edge());
        out.writeInt(limits.frames());
        out.writeInt(limits.scans());
        out.writeInt(limits.boxes());
        out.writeInt(limits.boxDepth());
        out.writeLong(limits.metadataBytes());
    }

    private static MediaLimits readLimits(DataInputStream in) throws IOException {
        return new MediaLimits(
                Duration.ofNanos(in.readLong()),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong());
    }

    private static void writeWanted(DataOutputStream out, RenderRequest wanted) throws IOException {
        out.writeInt(wanted.jpegQuality());
        out.writeInt(wanted.sizes().size());
        for (RenderSize size : wanted.sizes()) {
            Values.writeText(out, size.name());
            out.writeInt(size.maxEdge());
            Values.writeText(out, size.fit().name());
            Values.writeText(out, size.format().name());
            Values.writeNullable(out, size.quality());
        }
    }

    private static Set<PictureFormat> readOutputs(DataInputStream in) throws IOException {
        return Values.readTexts(in).stream()
                .map(PictureFormat::valueOf)
                .collect(Collectors.toSet());
    }

    private static RenderRequest readWanted(DataInputStream in) throws IOException {
        int quality = in.readInt();
        RenderSize[] sizes = new RenderSize[Values.readCount(in)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] =
                    new RenderSize(
                            Values.readText(in),
                            in.readInt(),
                            Fit.valueOf(Values.readText(in)),
                            PictureFormat.valueOf(Values.readText(in)),
                            Values.readNullable(in, Integer.class));
        }
        return new RenderRequest(List.of(sizes), quality);
    }

    private static void writeRendered(DataOutputStream out, Rendered rendered) throws IOException {
        out.writeInt(rendered.renditions().size());
        for (Rendition rendition : rendered.renditions()) {
            Values.writeText(out, rendition.name());
            out.writeInt(rendition.width());
            out.writeInt(rendition.height());
            Values.writeBytes(out, rendition.bytes());
            Values.writeText(out, rendition.format().name());
        }
        Values.writeBytes(out, rendered.thumbHash());
        Values.writeText(out, rendered.engine());
        Values.writeTexts(out, rendered.warnings());
    }

    private static Rendered readRendered(DataInputStream in) throws IOException {
        Rendition[] renditions = new Rendition[Values.readCount(in)];
        for (int i = 0; i < renditions.length; i++) {
            renditions[i] =
                    new Rendition(
                            Values.readText(in),
                            in.readInt(),
                            in.readInt(),
                            Values.readBytes(in),
                            PictureFormat.valueOf(Values.readText(in)));
        }
        return new Rendered(
                List.of(renditions),
                Values.readBytes(in),
                Values.readText(in),
                Values.readTexts(in));
    }
}

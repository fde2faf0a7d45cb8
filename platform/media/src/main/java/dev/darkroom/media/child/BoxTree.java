package dev.darkroom.media.child;

import dev.darkroom.media.MediaLimits;
import dev.darkroom.media.UnreadableMedia;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// All boxes of an ISO base media file, which parsers walk by calling themselves.
final class BoxTree {

    private static final Set<String> BRANCHES =
            Set.of(
                    "moov", "trak", "mdia", "minf", "stbl", "udta", "edts", "dinf", "mvex", "moof",
                    "traf", "mfra", "iprp", "ipco", "ilst", "tref", "clip", "matt", "sinf", "schi",
                    "wave", "gmhd", "rmra", "rmda");

    private final MediaFile file;
    private final MediaLimits limits;
    private final Deque<Branch> open = new ArrayDeque<>();
    private int boxes;

    /// A stretch of boxes that has not been walked yet.
    private record Branch(long from, long to, int depth) {}

    BoxTree(MediaFile file, MediaLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void check() throws UnreadableMedia {
        open.push(new Branch(0, file.size(), 1));
        while (!open.isEmpty()) {
            walk(open.pop());
        }
    }

    private void walk(Branch branch) throws UnreadableMedia {
        if (branch.depth() > limits.boxDepth()) {
            throw Promises.tooMuch(
                    "boxes nested", branch.depth(), "deep", limits.boxDepth(), "max-box-depth");
        }
        long at = branch.from();
        while (at + 8 <= branch.to()) {
            if (++boxes > limits.boxes()) {
                throw Promises.tooMuch("at least", boxes, "boxes", limits.boxes(), "max-boxes");
            }
            long size = file.u32(at);
            long body = at + 8;
            if (size == 1) {
                size = file.u64(at + 8, false);
                body = at + 16;
            } else if (size == 0) {
                size = branch.to() - at;
            }
            if (size < body - at || size > branch.to() - at) {
                size = branch.to() - at; // parsers differ in what they make of it
            }
            String type = file.text(at + 4, 4);
            if (BRANCHES.contains(type)) {
                open.push(new Branch(body, at + size, branch.depth() + 1));
            } else if (type.equals("meta")) {
                boolean plain = file.startsWith(body + 4, "hdlr");
                open.push(new Branch(plain ? body : body + 4, at + size, branch.depth() + 1));
            }
            at += size;
        }
    }
}

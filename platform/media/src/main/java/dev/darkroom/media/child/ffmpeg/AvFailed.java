package dev.darkroom.media.child.ffmpeg;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/// FFmpeg could not do something with a file. The message is for a person.
public final class AvFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public AvFailed(String message) {
        super(message);
    }

    /// The code itself where it is no error, otherwise what FFmpeg says about it.
    static int check(int code, String what) throws AvFailed {
        if (code >= 0) {
            return code;
        }
        byte[] text = new byte[128];
        int known = avutil.av_strerror(code, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        String reason =
                known == 0 || end > 0
                        ? new String(text, 0, end, StandardCharsets.UTF_8)
                        : "error " + code;
        throw new AvFailed(what + ": " + reason);
    }
}

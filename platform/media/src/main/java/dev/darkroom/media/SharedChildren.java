package dev.darkroom.media;

import dev.darkroom.media.child.Main;
import java.util.HashMap;
import java.util.Map;

/// Children that several pools of this process share, because they want them the same; they end
/// with the last of these pools.
final class SharedChildren {

    /// By what they must have in common.
    private static final Map<MediaOptions, SharedChildren> IN_USE = new HashMap<>();

    private final MediaOptions common;
    private final Children children;
    private int shares;

    private SharedChildren(MediaOptions common) {
        this.common = common;
        this.children = new Children(common, Main.class.getName());
    }

    /// One pool's part in them, to be closed once.
    record Share(SharedChildren owner) {
        Children children() {
            return owner.children;
        }

        void close() {
            owner.giveBack();
        }
    }

    static Share of(MediaOptions options) {
        synchronized (IN_USE) {
            SharedChildren shared =
                    IN_USE.computeIfAbsent(options.withProcesses(1), SharedChildren::new);
            shared.shares++;
            shared.children.allow(options.processes());
            return new Share(shared);
        }
    }

    private void giveBack() {
        synchronized (IN_USE) {
            if (--shares > 0) {
                return;
            }
            IN_USE.remove(common);
        }
        children.close();
    }
}

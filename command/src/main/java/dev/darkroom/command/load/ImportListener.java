package dev.darkroom.command.load;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hears how an import goes. All calls come from one thread, except [#expect(long)] and
/// [#everythingExpected()].
interface ImportListener extends AutoCloseable {
    /// There is one more file to submit, with this many bytes.
    void expect(long size);

    /// All files are counted.
    void everythingExpected();

    /// Where it stands, several times a second.
    ///
    /// @param waiting submitted files without an outcome yet
    void progress(Tally tally, long waiting);

    /// A file has its outcome.
    void settled(Path file, @Nullable UUID assetId, Outcome outcome);

    void skipped(Path file);

    void unreadable(Path path, String reason);

    /// Something that the person should know, once.
    void note(String text);

    @Override
    void close();
}

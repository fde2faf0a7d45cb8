package dev.darkroom.sync.folders.scan;

import dev.darkroom.sync.folders.records.KnownFile;
import dev.darkroom.sync.folders.records.NewFiles;
import dev.darkroom.sync.folders.records.RowChange;
import dev.darkroom.sync.folders.records.Seen;
import java.util.List;
import java.util.Map;

/// What is done about differences: they are written ([Recording]), or only listed ([Planning]).
interface Outcome {
    /// The operation's number. Rows of later ones are left alone.
    long generation();

    /// Takes the files of a first scan, and forgets them.
    void addFirst(NewFiles files);

    void add(List<Seen> files);

    /// Changes rows, and removes those whose files others have taken the place of, all at once.
    void change(List<RowChange> changes, List<KnownFile> overwritten);

    void remove(List<KnownFile> files);

    /// Leaves rows of files that are gone until somebody confirms.
    void hold(List<KnownFile> files);

    /// Files that turned out to be others that moved: rows of the first go, the second take over.
    ///
    /// @param hashes of the contents, by the number of the new file, of all that were read; those
    ///   without a partner among the moves keep their row and learn their hash
    void adopt(Map<KnownFile, RowChange> moves, Map<KnownFile, String> hashes);

    /// Whether a row was dealt with in a way that the database does not show.
    boolean isSpokenFor(long fileId);
}

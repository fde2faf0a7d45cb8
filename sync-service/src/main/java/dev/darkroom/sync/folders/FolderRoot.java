package dev.darkroom.sync.folders;

import dev.darkroom.sync.files.RepositoryRoot;
import dev.darkroom.sync.files.RootState;
import dev.darkroom.sync.folders.records.FolderMemory;
import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.WatchedRepository;
import dev.darkroom.sync.folders.scan.Root;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A repository's folder: known by its marker, or by its inode where Darkroom may not write.
final class FolderRoot implements Root {
    private static final Logger log = LoggerFactory.getLogger(FolderRoot.class);

    private final WatchedRepository repository;
    private final Lease lease;
    private final FolderMemory memory;
    private final RepositoryRoot root;

    FolderRoot(WatchedRepository repository, Lease lease, FolderMemory memory) {
        this.repository = repository;
        this.lease = lease;
        this.memory = memory;
        this.root = new RepositoryRoot(repository.root());
    }

    @Override
    public State look() {
        FolderMemory.Known known = memory.load(repository.id());
        return switch (root.state(repository.id(), known.marked(), known.root())) {
            case RootState.Present _, RootState.New _ -> new State.Same();
            case RootState.Empty(String reason) -> new State.Doubtful(reason);
            case RootState.Unmounted(String reason) ->
                    Files.isDirectory(repository.root())
                            ? new State.Doubtful(reason)
                            : new State.Away(reason);
            case RootState.OtherRepository(var other) ->
                    new State.Away(
                            repository.root()
                                    + " is marked as the folder of repository "
                                    + other
                                    + " (see "
                                    + RepositoryRoot.MARKER
                                    + " in it)");
            case RootState.Unreadable(String reason) -> new State.Away(reason);
        };
    }

    /// Makes sure that it can be known again, if it is seen for the first time.
    void rememberIfNew() {
        FolderMemory.Known known = memory.load(repository.id());
        if (root.state(repository.id(), known.marked(), known.root()) instanceof RootState.New) {
            accept();
        }
    }

    @Override
    public void accept() {
        try {
            memory.keepRoot(lease, repository.writable() && mark(), root.identity());
        } catch (IOException e) {
            throw new UncheckedIOException(repository.root() + " went away", e);
        }
    }

    private boolean mark() {
        try {
            root.mark(repository.id());
            return true;
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("repository", repository.id())
                    .addKeyValue("folder", repository.root())
                    .setCause(e)
                    .log("the folder cannot be marked; it is known by its inode instead");
            return false;
        }
    }
}

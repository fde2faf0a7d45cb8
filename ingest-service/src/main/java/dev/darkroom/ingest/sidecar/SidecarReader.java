package dev.darkroom.ingest.sidecar;

import dev.darkroom.ingest.file.FileOnDisk;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.FileRows;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.schema.FilePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds and reads sidecars, in a child process, before anything is written.
public class SidecarReader {
    private static final Logger log = LoggerFactory.getLogger(SidecarReader.class);

    private final FileRows rows;
    private final MediaPool media;

    public SidecarReader(FileRows rows, MediaPool media) {
        this.rows = rows;
        this.media = media;
    }

    /// The sidecar that counts for a file, or empty when it has none.
    Optional<FileRow> find(WatchedRepository repository, FilePath path) {
        List<FilePath> names = SidecarNames.of(path);
        List<FileRow> there = rows.at(repository.id(), names);
        return names.stream()
                .flatMap(name -> there.stream().filter(row -> row.path().equals(name)))
                .findFirst();
    }

    /// Those of these files that have a sidecar.
    public List<FilePath> having(WatchedRepository repository, List<FilePath> paths) {
        Set<FilePath> there =
                rows
                        .at(
                                repository.id(),
                                paths.stream()
                                        .flatMap(path -> SidecarNames.of(path).stream())
                                        .toList())
                        .stream()
                        .map(FileRow::path)
                        .collect(Collectors.toSet());
        return paths.stream()
                .filter(path -> SidecarNames.of(path).stream().anyMatch(there::contains))
                .toList();
    }

    /// Reads the sidecars of these files.
    ///
    /// @return by the number of the sidecar's file
    public Map<Long, SidecarRead> read(WatchedRepository repository, List<FilePath> paths)
            throws InterruptedException {
        Map<Long, SidecarRead> read = new HashMap<>();
        for (FilePath path : paths) {
            Optional<FileRow> sidecar = find(repository, path);
            if (sidecar.isPresent() && !read.containsKey(sidecar.get().fileId())) {
                read.put(sidecar.get().fileId(), read(repository, sidecar.get()));
            }
        }
        return read;
    }

    private SidecarRead read(WatchedRepository repository, FileRow sidecar)
            throws InterruptedException {
        try {
            Optional<Path> file = FileOnDisk.locate(repository, sidecar);
            if (file.isEmpty()) {
                return new SidecarRead.NotNow();
            }
            return new SidecarRead.Said(
                    sidecar.sha256(), media.readSidecar(file.get(), sidecar.path().text()));
        } catch (UnreadableMedia | MediaChildLost e) {
            log.atInfo()
                    .addKeyValue("repositoryId", repository.id())
                    .addKeyValue("path", sidecar.path())
                    .addKeyValue("reason", e.getMessage())
                    .log("A sidecar cannot be read; its file goes without");
            return new SidecarRead.Said(sidecar.sha256(), SidecarRead.SILENT);
        } catch (IOException e) {
            log.atDebug().addKeyValue("path", sidecar.path()).setCause(e).log("No sidecar now");
            return new SidecarRead.NotNow();
        }
    }
}

package dev.darkroom.ingest;

import dev.darkroom.delivery.GiveUp;
import dev.darkroom.schema.AssetSubmitted;
import dev.darkroom.schema.StorageUri;
import dev.darkroom.storage.BlobKey;
import dev.darkroom.storage.BlobNotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds the bytes that a submission names. Anyone may publish, so a path counts only by where it
/// really leads.
class Sources {
    /// Where the HTTP doors put what they receive.
    static final String UPLOADS = "uploads/";

    private final Repositories repositories;
    private final List<Path> allowedRoots;

    Sources(Repositories repositories, List<Path> allowedRoots) {
        this.repositories = repositories;
        this.allowedRoots = allowedRoots;
    }

    /// The file, checked to exist, to be allowed and to have the submitted size.
    Path locate(AssetSubmitted submission) throws GiveUp, IOException {
        StorageUri source = submission.source();
        Path path =
                switch (source.scheme()) {
                    case "file" -> allowed(source);
                    case "repo" -> upload(source);
                    default ->
                            throw new GiveUp(
                                    source.scheme()
                                            + ": stores are not configured here, so this cannot be read: "
                                            + source);
                };
        if (!Files.isRegularFile(path)) {
            throw new GiveUp("not a file: " + source);
        }
        long size = Files.size(path);
        if (size != submission.size()) {
            throw new GiveUp(
                    "the file has %d bytes, the submission says %d; if it was still being written, submit it again: %s"
                            .formatted(size, submission.size(), source));
        }
        return path;
    }

    /// Whether the bytes are ours, to be removed once they are in the library.
    static boolean isUpload(StorageUri source) {
        return source.scheme().equals("repo");
    }

    private Path allowed(StorageUri source) throws GiveUp, IOException {
        Path real;
        try {
            real = Path.of(source.toUri()).toRealPath();
        } catch (IllegalArgumentException e) {
            throw new GiveUp("not a path of this machine: " + source, e);
        } catch (NoSuchFileException e) {
            throw new GiveUp("there is no such file: " + source, e);
        }
        for (Path root : realRoots()) {
            if (real.startsWith(root)) {
                return real;
            }
        }
        throw new GiveUp(
                "the file lies outside the folders that may be read; add its folder to"
                        + " darkroom.ingest.allowed-roots, or upload it: "
                        + source);
    }

    private List<Path> realRoots() throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path root : allowedRoots) {
            if (Files.isDirectory(root)) {
                real.add(root.toRealPath());
            }
        }
        return real;
    }

    private Path upload(StorageUri source) throws GiveUp, IOException {
        if (!source.key().startsWith(UPLOADS)) {
            throw new GiveUp("only uploads of a repository can be submitted: " + source);
        }
        try {
            return repositories
                    .find(source.repositoryId())
                    .store()
                    .local(new BlobKey(source.key()));
        } catch (BlobNotFound e) {
            throw new GiveUp("there is no such upload: " + source, e);
        }
    }
}

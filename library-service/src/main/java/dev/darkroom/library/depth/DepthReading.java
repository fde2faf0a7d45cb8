package dev.darkroom.library.depth;

import dev.darkroom.library.depth.DepthDemand.Answer;
import dev.darkroom.library.file.BlobStores;
import dev.darkroom.library.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds a depth map whose file is whole, or has it made: it may have been evicted, never made in
/// that format, or damaged on its disk.
public class DepthReading {
    private static final Logger log = LoggerFactory.getLogger(DepthReading.class);

    private final DepthMaps maps;
    private final BlobStores stores;
    private final DepthDemand demand;

    public DepthReading(DepthMaps maps, BlobStores stores, DepthDemand demand) {
        this.maps = maps;
        this.stores = stores;
        this.demand = demand;
    }

    /// What there is to say when somebody asks for a depth map.
    sealed interface Reading {
        /// Here it is, and its file is what it was when it was made.
        record Ready(StoredFile file) implements Reading {}

        /// It is being made.
        record NotYet() implements Reading {}

        /// It cannot be made now.
        record Unavailable(String reason) implements Reading {}

        /// It cannot be made of this asset.
        record GivenUp(String reason) implements Reading {}

        /// There is no such asset.
        record NoSuchAsset() implements Reading {}
    }

    Reading read(UUID assetId, DepthFormat format) throws IOException {
        Optional<DepthMaps.Found> found = maps.find(assetId, format);
        if (found.isEmpty()) {
            return new Reading.NoSuchAsset();
        }
        if (!found.get().isPhoto()) {
            return new Reading.GivenUp("only photos have depth maps");
        }
        Optional<StoredFile> whole = whole(found.get());
        if (whole.isPresent()) {
            return new Reading.Ready(whole.get());
        }
        String before =
                found.get().kept().isEmpty()
                        ? ""
                        : "the file of this depth map is missing or damaged; it cannot be made again: ";
        Optional<String> unavailable = found.get().unavailable();
        if (unavailable.isPresent()) {
            return new Reading.Unavailable(before + unavailable.get());
        }
        return switch (demand.ensure(assetId, format)) {
            case Answer.Made _ -> made(assetId, format);
            case Answer.NotYet _ -> new Reading.NotYet();
            case Answer.Unavailable(String reason) -> new Reading.Unavailable(before + reason);
            case Answer.GivenUp(String reason) -> new Reading.GivenUp(before + reason);
        };
    }

    /// Made and gone again already: so little room, or a new version of the asset.
    private Reading made(UUID assetId, DepthFormat format) throws IOException {
        Optional<StoredFile> whole = Optional.empty();
        Optional<DepthMaps.Found> found = maps.find(assetId, format);
        if (found.isPresent()) {
            whole = whole(found.get());
        }
        return whole.<Reading>map(Reading.Ready::new).orElseGet(Reading.NotYet::new);
    }

    private Optional<StoredFile> whole(DepthMaps.Found found) throws IOException {
        if (found.kept().isEmpty()) {
            return Optional.empty();
        }
        DepthMaps.Kept kept = found.kept().get();
        StoredFile file = kept.file();
        String actual = hash(file);
        if (!actual.equals(file.contentHash())) {
            log.atWarn()
                    .addKeyValue("file", file.storage())
                    .addKeyValue("expected", file.contentHash())
                    .addKeyValue("actual", actual)
                    .log("A depth map's file is missing or damaged; it is made again");
            return Optional.empty();
        }
        maps.touch(kept.depthMapId());
        return Optional.of(file);
    }

    private String hash(StoredFile file) throws IOException {
        try (InputStream bytes = Files.newInputStream(stores.local(file.storage()))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream hashing = new DigestInputStream(bytes, digest)) {
                hashing.transferTo(OutputStream.nullOutputStream());
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchFileException e) {
            return "no file";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

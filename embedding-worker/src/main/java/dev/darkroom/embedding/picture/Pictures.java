package dev.darkroom.embedding.picture;

import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Skip;
import dev.darkroom.media.MediaChildLost;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MissingDecoder;
import dev.darkroom.media.RgbPicture;
import dev.darkroom.media.UnreadableMedia;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The pixels of assets, decoded in a child process.
public final class Pictures {
    private final Originals originals;
    private final MediaPool media;

    public Pictures(JdbcClient jdbc, MediaPool media) {
        this.originals = new Originals(jdbc);
        this.media = media;
    }

    /// A small copy of the original.
    ///
    /// @param edge the most pixels of the longer edge; a smaller picture stays as it is
    /// @throws GiveUp when there is no picture to be had from it, ever
    public RgbPicture of(AssetCreated asset, int edge)
            throws GiveUp, IOException, InterruptedException {
        return of(asset.source(), asset.fileName(), edge);
    }

    /// A small copy of the original of an asset.
    ///
    /// @throws GiveUp when there is no picture to be had from it, ever
    public RgbPicture of(StorageUri source, String fileName, int edge)
            throws GiveUp, IOException, InterruptedException {
        return decode(original(source), fileName, edge);
    }

    private Path original(StorageUri source) throws GiveUp, IOException {
        if (!source.scheme().equals("repo")) {
            throw new GiveUp("originals are read from repositories only: " + source);
        }
        try {
            return originals.locate(source);
        } catch (NoSuchFileException e) {
            throw new GiveUp("the original is gone: " + source, e);
        }
    }

    /// A child that dies once may have had bad luck; one that dies twice on the same file tells of
    /// the file.
    private RgbPicture decode(Path original, String fileName, int edge)
            throws GiveUp, IOException, InterruptedException {
        try {
            try {
                return media.pixels(original, fileName, edge);
            } catch (MediaChildLost e) {
                if (!e.kind().mayBeBadLuck()) {
                    throw e;
                }
                return media.pixels(original, fileName, edge);
            }
        } catch (MissingDecoder e) {
            throw new Skip(fileName + ": " + e.getMessage(), e);
        } catch (UnreadableMedia | MediaChildLost e) {
            throw new GiveUp(fileName + ": " + e.getMessage(), e);
        }
    }
}

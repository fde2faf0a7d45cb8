package dev.darkroom.library.catalogue;

import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import dev.darkroom.library.people.Faces;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Browses the library and looks closer at one asset.
public class Catalogue {
    private final Assets assets;
    private final AssetParts parts;
    private final Faces faces;

    public Catalogue(Assets assets, AssetParts parts, Faces faces) {
        this.assets = assets;
        this.parts = parts;
        this.faces = faces;
    }

    /// The newest assets after a position, or from the newest on.
    ///
    /// @param limit how many at the most
    public Page<ListedAsset> browse(AssetFilter filter, @Nullable Position after, int limit) {
        List<ListedAsset> rows = assets.newestFirst(filter, after, limit + 1);
        return Page.of(rows, limit, ListedAsset::position);
    }

    /// These assets, as far as they are in the library, in any order.
    public List<ListedAsset> listed(List<UUID> ids) {
        return assets.listed(ids);
    }

    /// One asset with all that belongs to it, also while it is in the trash.
    public Optional<FoundAsset> find(AssetRef ref) {
        return idOf(ref).flatMap(assets::find).map(this::withParts);
    }

    /// The id behind a name that a client used. An id may name nothing.
    public Optional<UUID> idOf(AssetRef ref) {
        return switch (ref) {
            case AssetRef.ById byId -> Optional.of(byId.assetId());
            case AssetRef.ByNumber byNumber -> assets.idOf(byNumber.assetNo());
        };
    }

    private FoundAsset withParts(Assets.Row row) {
        UUID assetId = row.listed().summary().assetId();
        return new FoundAsset(
                row.listed().summary(),
                row.details(),
                row.listed().thumbnails(),
                faces.ofAsset(assetId),
                parts.files(assetId),
                parts.tasks(assetId),
                parts.species(assetId),
                parts.depthMaps(assetId));
    }
}

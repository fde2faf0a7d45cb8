package dev.darkroom.embedding.depth;

import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.delivery.Work;
import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.StorageUri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the depth maps that every photo has.
final class MapDepth implements Work<AssetCreated, List<StoredDepth>> {
    private final DepthMaking making;
    private final List<DepthFormat> formats;
    private final DepthMaps maps;
    private final DepthStore store;

    /// Files that were replaced, until it is committed that they were.
    private final Map<UUID, List<StorageUri>> replaced = new ConcurrentHashMap<>();

    MapDepth(DepthMaking making, List<DepthFormat> formats, DepthMaps maps, DepthStore store) {
        this.making = making;
        this.formats = List.copyOf(formats);
        this.maps = maps;
        this.store = store;
    }

    @Override
    public List<StoredDepth> perform(AssetCreated asset)
            throws GiveUp, IOException, InterruptedException {
        return making.make(DepthSource.of(asset), formats);
    }

    @Override
    public void record(List<Done<AssetCreated, List<StoredDepth>>> done) {
        for (Done<AssetCreated, List<StoredDepth>> one : done) {
            replaced.put(one.message().assetId(), maps.put(one.result()));
        }
    }

    /// What a crash leaves behind here is swept later.
    @Override
    public void committed(List<Done<AssetCreated, List<StoredDepth>>> done) throws IOException {
        List<StorageUri> old = new ArrayList<>();
        for (Done<AssetCreated, List<StoredDepth>> one : done) {
            List<StorageUri> files = replaced.remove(one.message().assetId());
            old.addAll(files == null ? List.of() : files);
        }
        for (StorageUri file : maps.unnamed(old)) {
            store.delete(file);
        }
    }
}

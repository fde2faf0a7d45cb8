package dev.darkroom.embedding.depth;

import dev.darkroom.delivery.GiveUp;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.depth.DepthFile;
import dev.darkroom.inference.depth.DepthFiles;
import dev.darkroom.inference.depth.DepthFormat;
import dev.darkroom.inference.depth.DepthMap;
import dev.darkroom.inference.depth.DepthModel;
import dev.darkroom.media.RgbPicture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// From a photo to the files of its depth map. Their rows are somebody else's to write: files
/// without rows are swept, rows without files never come to be.
class DepthMaking {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Pictures pictures;
    private final UserModel asking;
    private final DepthModel model;
    private final int edge;
    private final DepthStore store;

    /// @param edge the longer edge of a map
    DepthMaking(Pictures pictures, UserModel asking, DepthModel model, int edge, DepthStore store) {
        this.pictures = pictures;
        this.asking = asking;
        this.model = model;
        this.edge = edge;
        this.store = store;
    }

    List<StoredDepth> make(DepthSource source, List<DepthFormat> formats)
            throws GiveUp, IOException, InterruptedException {
        RgbPicture picture = pictures.of(source.source(), source.fileName(), edge);
        RgbImage image = new RgbImage(picture.width(), picture.height(), picture.rgb());
        DepthMap map = asking.ask(() -> model.map(image));
        List<DepthFile> files =
                formats.stream().map(format -> DepthFiles.write(map, format)).toList();
        List<DepthStore.Placed> placed = store.put(source, files);
        List<StoredDepth> stored = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            stored.add(
                    new StoredDepth(
                            source.assetId(),
                            source.version(),
                            map.model(),
                            files.get(i).format(),
                            placed.get(i).uri(),
                            placed.get(i).blob().sha256(),
                            placed.get(i).blob().size(),
                            map.width(),
                            map.height(),
                            JSON.writeValueAsString(files.get(i).parameters())));
        }
        return stored;
    }
}

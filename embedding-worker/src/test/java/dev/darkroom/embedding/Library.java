package dev.darkroom.embedding;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Sha256;
import dev.darkroom.schema.StorageUri;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A library of photos drawn by number, in one repository.
final class Library {
    private final Path folder;
    private final JdbcClient admin;
    private final UUID repository;

    Library(Path folder, MigratedDatabase database) throws IOException {
        this.folder = folder.toRealPath();
        this.admin = database.asAdmin();
        this.repository =
                admin.sql(
                                "insert into repositories (name, path, is_default) values ('r', ?, true) returning repository_id")
                        .param(this.folder.toString())
                        .query(UUID.class)
                        .single();
    }

    /// A photo of its own; the same number and another width is a resized copy.
    AssetCreated photo(int number, int width) throws IOException {
        String name = "%d-%d.png".formatted(number, width);
        ImageIO.write(draw(number, width), "png", folder.resolve(name).toFile());
        return add(name);
    }

    /// A photo of one colour.
    AssetCreated plain(Color colour) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        String name = "plain-%08x.png".formatted(colour.getRGB());
        ImageIO.write(image, "png", folder.resolve(name).toFile());
        return add(name);
    }

    /// A file that no decoder reads.
    AssetCreated broken() throws IOException {
        Files.writeString(folder.resolve("broken.png"), "Dear diary,\n");
        return add("broken.png");
    }

    /// The same asset, changed; its file is the one of another asset.
    static AssetCreated version(AssetCreated asset, long version, AssetCreated file) {
        return new AssetCreated(
                asset.assetId(),
                version,
                AssetType.PHOTO,
                asset.mimeType(),
                file.source(),
                file.fileName(),
                asset.size(),
                asset.sha256(),
                null,
                null,
                asset.repositoryId(),
                null,
                asset.priority(),
                Instant.now());
    }

    /// The same asset, changed in nothing but its version.
    static AssetCreated version(AssetCreated asset, long version) {
        return version(asset, version, asset);
    }

    List<String> rows(String query) {
        return admin.sql(query).query((row, _) -> row.getString(1)).list();
    }

    private AssetCreated add(String name) throws IOException {
        UUID id = EventCodec.newId();
        Sha256 sha256 = new Sha256("%064x".formatted(id.getLeastSignificantBits()));
        StorageUri source = StorageUri.ofBlob(repository, name);
        admin.sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path,
                            mime_type, file_size, content_hash)
                        values (?, ?, 'photo', ?, ?, 'image/png', 1, ?)
                        """)
                .params(id, repository, name, source.toString(), sha256.contentHash())
                .update();
        return new AssetCreated(
                id,
                1,
                AssetType.PHOTO,
                "image/png",
                source,
                name,
                1,
                sha256,
                null,
                null,
                repository,
                null,
                2,
                Instant.now());
    }

    private static BufferedImage draw(int number, int width) {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(width, width * 3 / 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(width / 400., width / 400.);
        for (int i = 0; i < 60; i++) {
            graphics.setColor(
                    new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
            graphics.fillOval(
                    random.nextInt(400) - 50,
                    random.nextInt(300) - 50,
                    20 + random.nextInt(100),
                    20 + random.nextInt(100));
        }
        graphics.dispose();
        return image;
    }
}

package dev.darkroom.ingest.watched;

import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.asset.AssetRows;
import dev.darkroom.ingest.file.FileRows;
import dev.darkroom.ingest.file.OwnStore;
import dev.darkroom.ingest.file.WatchedRepositories;
import dev.darkroom.ingest.sidecar.SidecarReader;
import dev.darkroom.ingest.sidecar.Sidecars;
import dev.darkroom.media.MediaPool;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How the files of watched repositories are followed.
@Configuration(proxyBeanMethods = false)
class WatchedConfiguration {
    @Bean
    FollowFiles followFiles(
            JdbcClient jdbc,
            Outbox outbox,
            AssetRows rows,
            MediaPool media,
            OwnStore own,
            MeterRegistry meters) {
        FileRows files = new FileRows(jdbc);
        WatchedAssets assets = new WatchedAssets(jdbc, outbox);
        FilePlans plans = new FilePlans(files, assets, own);
        FileContents contents = new FileContents(media, own, meters);
        SidecarReader reader = new SidecarReader(files, media);
        Sidecars sidecars = new Sidecars(jdbc, outbox, reader);
        return new FollowFiles(
                new WatchedRepositories(jdbc),
                files,
                plans,
                contents,
                new FileAssets(plans, contents, assets, rows),
                new FreshFiles(files, assets, rows, reader, sidecars),
                reader,
                sidecars);
    }
}

package dev.darkroom.ingest.watched;

import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.SourceTopic;
import dev.darkroom.delivery.Subscription;
import dev.darkroom.ingest.IngestProperties;
import dev.darkroom.schema.FileEvent;
import dev.darkroom.schema.Topic;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The door for files in watched repositories: `file-changed`.
@Configuration(proxyBeanMethods = false)
class FileChangedListener {
    @Bean
    Subscription<FileEvent, Followed> fileChanges(
            EventCodec codec, FollowFiles work, IngestProperties properties) {
        return new Subscription<>(
                "ingest-files",
                SourceTopic.only(Topic.FILE_CHANGED),
                codec.only(FileEvent.class),
                work,
                Optional.empty(),
                properties.fileBatchSize());
    }
}

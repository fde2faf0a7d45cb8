package dev.darkroom.embedding;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.DeliveryConfiguration;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.embedding.model.Capabilities;
import dev.darkroom.embedding.model.Model;
import dev.darkroom.embedding.model.ModelWatch;
import dev.darkroom.embedding.model.SkippedTasks;
import dev.darkroom.embedding.model.Standing;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.picture.Pictures;
import dev.darkroom.embedding.slice.SliceListener;
import dev.darkroom.embedding.space.Spaces;
import dev.darkroom.embedding.space.Vectors;
import dev.darkroom.media.MediaPool;
import dev.darkroom.media.MediaProperties;
import dev.darkroom.schema.Role;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/// How embedding-worker is put together.
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import(DeliveryConfiguration.class)
@EnableConfigurationProperties({
    EmbeddingProperties.class,
    DatabaseProperties.class,
    MediaProperties.class
})
class EmbeddingConfiguration {
    @Bean
    DataSource dataSource(DatabaseProperties database) {
        return Pools.open(
                database.address(),
                database.login(Role.EMBEDDING),
                EmbeddingWorkerApplication.NAME);
    }

    @Bean
    MediaPool mediaPool(EmbeddingProperties properties, MediaProperties media) {
        return MediaPool.shared(media.options(properties.processes()));
    }

    @Bean
    Embedder visualV1() {
        return new VisualV1Embedder();
    }

    @Bean
    Model pdq() {
        return new PdqModel();
    }

    @Bean
    Capabilities capabilities(JdbcClient jdbc, List<Model> models) {
        Capabilities capabilities = new Capabilities(jdbc, models);
        capabilities.report();
        return capabilities;
    }

    @Bean
    ModelWatch modelWatch(
            List<UserModel> models, Capabilities capabilities, EmbeddingProperties properties) {
        ModelWatch watch = new ModelWatch(models, capabilities);
        watch.start(properties.lookAgain());
        return watch;
    }

    @Bean
    OpenSpaces openSpaces(Spaces spaces, List<Model> models) {
        OpenSpaces open = new OpenSpaces(spaces, () -> embedders(models));
        open.announce();
        return open;
    }

    private static List<Embedder> embedders(List<Model> models) {
        List<Embedder> embedders = new ArrayList<>();
        for (Model model : models) {
            if (model.standing() instanceof Standing.Usable(Embedder embedder)) {
                embedders.add(embedder);
            }
        }
        return embedders;
    }

    @Bean
    Pictures pictures(JdbcClient jdbc, MediaPool media) {
        return new Pictures(jdbc, media);
    }

    @Bean
    SliceListener slices(EventCodec codec, JdbcClient jdbc) {
        return new SliceListener(codec, jdbc);
    }

    @Bean
    EmbedPictures embedPictures(
            JdbcClient jdbc,
            Pictures pictures,
            OpenSpaces spaces,
            Vectors vectors,
            Capabilities capabilities) {
        return new EmbedPictures(
                pictures, spaces, vectors, new Hashes(jdbc), new SkippedTasks(jdbc, capabilities));
    }
}

package dev.darkroom.library;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Pools;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.library.catalogue.AssetParts;
import dev.darkroom.library.catalogue.AssetRef;
import dev.darkroom.library.catalogue.AssetRows;
import dev.darkroom.library.catalogue.Assets;
import dev.darkroom.library.catalogue.Catalogue;
import dev.darkroom.library.catalogue.Trash;
import dev.darkroom.library.depth.DepthDemand;
import dev.darkroom.library.depth.DepthFormat;
import dev.darkroom.library.depth.DepthMaps;
import dev.darkroom.library.depth.DepthReading;
import dev.darkroom.library.file.BlobStores;
import dev.darkroom.library.file.StoredFiles;
import dev.darkroom.library.file.ThumbnailDemand;
import dev.darkroom.library.file.ThumbnailSizes;
import dev.darkroom.library.operator.Counts;
import dev.darkroom.library.operator.Ledger;
import dev.darkroom.library.operator.Operations;
import dev.darkroom.library.people.Faces;
import dev.darkroom.library.problem.ProblemValve;
import dev.darkroom.schema.AssetType;
import dev.darkroom.schema.Role;
import dev.darkroom.schema.TaskStatus;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// Puts the service together: its login, and how words in a URL are read.
@Configuration(proxyBeanMethods = false)
class LibraryConfiguration implements WebMvcConfigurer {
    @Bean
    HikariDataSource dataSource(DatabaseProperties database) {
        return Pools.open(database.address(), database.login(Role.LIBRARY), "library-service");
    }

    @Bean
    ThumbnailSizes thumbnailSizes(LibraryProperties properties) {
        return new ThumbnailSizes(properties.thumbnailSizes());
    }

    @Bean
    Catalogue catalogue(JdbcClient jdbc, JsonMapper json, Faces faces) {
        AssetRows rows = new AssetRows(json);
        return new Catalogue(new Assets(jdbc, rows), new AssetParts(jdbc, rows), faces);
    }

    @Bean
    Trash trash(JdbcClient jdbc, PlatformTransactionManager manager) {
        TransactionTemplate template = new TransactionTemplate(manager);
        return new Trash(
                jdbc,
                new Outbox(jdbc, new EventCodec()),
                new Trash.Transaction() {
                    @Override
                    public <T> T run(Supplier<T> work) {
                        return template.execute(_ -> work.get());
                    }
                });
    }

    @Bean
    StoredFiles storedFiles(JdbcClient jdbc) {
        return new StoredFiles(jdbc);
    }

    @Bean
    ThumbnailDemand thumbnailDemand(
            StoredFiles files, JdbcClient jdbc, LibraryProperties properties) {
        return new ThumbnailDemand(
                files, new Outbox(jdbc, new EventCodec()), properties.thumbnailWait());
    }

    @Bean
    BlobStores blobStores(StoredFiles files) {
        return new BlobStores(files);
    }

    @Bean
    DepthReading depthReading(
            JdbcClient jdbc, BlobStores stores, LibraryProperties properties, JsonMapper json) {
        return new DepthReading(
                new DepthMaps(jdbc),
                stores,
                new DepthDemand(properties.depthUrl(), properties.depthWait(), json));
    }

    @Bean
    Operations operations(JdbcClient jdbc) {
        return new Operations(new Counts(jdbc), new Ledger(jdbc));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat(JsonMapper json) {
        return factory ->
                factory.addContextCustomizers(
                        context ->
                                context.getParent().getPipeline().addValve(new ProblemValve(json)));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, AssetRef.class, AssetRef::parse);
        registry.addConverter(String.class, AssetType.class, AssetType::ofWireName);
        registry.addConverter(String.class, DepthFormat.class, DepthFormat::of);
        registry.addConverter(String.class, TaskStatus.class, LibraryConfiguration::taskStatus);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/openapi.yaml").setViewName("forward:/v3/api-docs.yaml");
    }

    private static TaskStatus taskStatus(String name) {
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "a task is "
                                                + Arrays.stream(TaskStatus.values())
                                                        .map(TaskStatus::wireName)
                                                        .collect(Collectors.joining(", "))
                                                + ": "
                                                + name));
    }
}

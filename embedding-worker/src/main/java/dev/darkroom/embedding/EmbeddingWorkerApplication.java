package dev.darkroom.embedding;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// embedding-worker: `asset-created` becomes what an [Embedder] makes of it.
@SpringBootApplication
public class EmbeddingWorkerApplication {
    /// The name of the service and of its configuration file.
    public static final String NAME = "embedding-worker";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", NAME);
        new SpringApplicationBuilder(EmbeddingWorkerApplication.class)
                .web(WebApplicationType.NONE)
                .run(args);
    }
}

package dev.darkroom.embedding;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// embedding-worker: `asset-created` becomes `embeddings` and what else models see in a picture.
@SpringBootApplication
public class EmbeddingWorkerApplication {
    /// The name of the service and of its configuration file.
    public static final String NAME = "embedding-worker";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", NAME);
        SpringApplication.run(EmbeddingWorkerApplication.class, args);
    }
}

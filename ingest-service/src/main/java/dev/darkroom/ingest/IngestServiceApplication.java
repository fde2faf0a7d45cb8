package dev.darkroom.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// ingest-service: `asset-submitted`, HTTP and tus uploads become assets.
@SpringBootApplication
public class IngestServiceApplication {
    /// The name of the service and of its configuration file.
    public static final String NAME = "ingest-service";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", NAME);
        SpringApplication.run(IngestServiceApplication.class, args);
    }
}

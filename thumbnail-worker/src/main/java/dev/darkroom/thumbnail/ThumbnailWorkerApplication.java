package dev.darkroom.thumbnail;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// thumbnail-worker: `asset-created` becomes `thumbnails`.
@SpringBootApplication
public class ThumbnailWorkerApplication {
    /// The name of the service and of its configuration file.
    public static final String NAME = "thumbnail-worker";

    public static void main(String[] args) {
        System.setProperty("spring.config.name", NAME);
        new SpringApplicationBuilder(ThumbnailWorkerApplication.class)
                .web(WebApplicationType.NONE)
                .run(args);
    }
}

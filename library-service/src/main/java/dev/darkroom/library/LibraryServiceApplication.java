package dev.darkroom.library;

import dev.darkroom.database.DatabaseProperties;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/// The catalogue over HTTP, as a process of its own. Its settings are in `library-service.yml`.
@SpringBootApplication
@EnableConfigurationProperties({DatabaseProperties.class, LibraryProperties.class})
public class LibraryServiceApplication {
    static void main(String[] args) {
        application().run(args);
    }

    /// The service, ready to run. Several services can run in one JVM: nothing here is set for the
    /// whole process.
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(LibraryServiceApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "library-service"));
        return application;
    }
}

package dev.darkroom.library;

import dev.darkroom.api.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How the HTTP interface is described.
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {
    @Bean
    OpenAPI description() {
        return ApiDescription.titled("Darkroom library", "The catalogue over HTTP.");
    }

    @Bean
    OpenApiCustomizer problemsAndExamples() {
        return new ApiDescription(LibraryServiceApplication.class);
    }
}

package dev.darkroom.ingest;

import dev.darkroom.api.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// How the HTTP interface is described.
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {
    @Bean
    OpenAPI description() {
        return ApiDescription.titled(
                "Darkroom ingest",
                "How files come in: in a form, resumable by tus, or where they lie in a"
                        + " registered folder.");
    }

    @Bean
    OpenApiCustomizer problemsAndExamples() {
        return new ApiDescription(IngestServiceApplication.class);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/openapi.yaml").setViewName("forward:/v3/api-docs.yaml");
    }
}

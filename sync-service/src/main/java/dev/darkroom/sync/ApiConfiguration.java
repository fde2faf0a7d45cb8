package dev.darkroom.sync;

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
                "Darkroom sync",
                "Watched folders: what was done about them, and what to do about it."
                        + " Change streams: every row that changes, and how the streams are.");
    }

    @Bean
    OpenApiCustomizer problemsAndExamples() {
        return new ApiDescription(SyncServiceApplication.class);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/openapi.yaml").setViewName("forward:/v3/api-docs.yaml");
    }
}

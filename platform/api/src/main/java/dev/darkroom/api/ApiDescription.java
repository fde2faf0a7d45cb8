package dev.darkroom.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/// What the OpenAPI description of a service says beyond its doors: that every error is a problem
/// (RFC 9457), and an example for each body, from a file that is named after the operation.
public final class ApiDescription implements OpenApiCustomizer {
    private static final String PROBLEM = "application/problem+json";

    private final Class<?> service;

    /// @param service the folder `examples` lies beside it
    public ApiDescription(Class<?> service) {
        this.service = service;
    }

    /// The description's head.
    public static OpenAPI titled(String title, String description) {
        return new OpenAPI()
                .info(
                        new Info()
                                .title(title)
                                .version("1")
                                .description(description)
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")));
    }

    @Override
    public void customise(OpenAPI api) {
        ModelConverters.getInstance(true)
                .read(ProblemDetail.class)
                .forEach(api.getComponents()::addSchemas);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(this::complete);
    }

    private void complete(Operation operation) {
        if (operation.getRequestBody() != null) {
            show(operation.getRequestBody().getContent(), operation.getOperationId() + ".request");
        }
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description(
                                        "What went wrong (RFC 9457); `type` is"
                                                + " urn:darkroom:problem:<name>"));
        operation
                .getResponses()
                .forEach(
                        (code, response) -> {
                            if (code.startsWith("2")) {
                                show(
                                        response.getContent(),
                                        operation.getOperationId() + "." + code);
                            } else if (!code.startsWith("3")) {
                                response.content(problem(operation.getOperationId(), code));
                            }
                        });
    }

    private Content problem(String operation, String code) {
        MediaType problem =
                new MediaType().schema(new Schema<>().$ref("#/components/schemas/ProblemDetail"));
        Content content = new Content().addMediaType(PROBLEM, problem);
        show(content, operation + "." + code);
        return content;
    }

    private void show(@Nullable Content content, String name) {
        if (content != null) {
            example(name).ifPresent(text -> content.values().forEach(body -> body.example(text)));
        }
    }

    private Optional<Object> example(String name) {
        Optional<Object> json =
                read(name + ".json").map(text -> JsonMapper.shared().readValue(text, Object.class));
        return json.isPresent() ? json : read(name + ".txt").map(text -> text);
    }

    private Optional<String> read(String file) {
        try (InputStream in = service.getResourceAsStream("examples/" + file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

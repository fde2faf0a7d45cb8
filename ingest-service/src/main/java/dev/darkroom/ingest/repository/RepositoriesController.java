package dev.darkroom.ingest.repository;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// The door for repositories.
@RestController
@RequestMapping("/api/repositories")
@Tag(name = "repositories")
class RepositoriesController {
    private static final String ID = "The repository's UUID";
    private static final String EXAMPLE = "8d3ba938-bc6b-4bc9-b41b-adbafda81d94";

    private final Registration registration;

    RepositoriesController(Registration registration) {
        this.registration = registration;
    }

    record RepositoryList(List<RegisteredRepository> items) {}

    /// What a new repository is described by: its folder, and any of its settings.
    ///
    /// @param path of the folder, as ingest-service sees it
    record NewRepository(String path, @JsonUnwrapped RepositorySettings settings) {}

    @GetMapping
    @Operation(operationId = "listRepositories", summary = "All repositories, and how each is kept")
    @ApiResponse(responseCode = "200", description = "The repositories")
    RepositoryList list() {
        return new RepositoryList(registration.list());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getRepository", summary = "One repository")
    @ApiResponse(responseCode = "200", description = "The repository")
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    RegisteredRepository get(
            @Parameter(description = ID, example = EXAMPLE) @PathVariable UUID id) {
        return registration.get(id);
    }

    @PostMapping
    @Operation(
            operationId = "addRepository",
            summary = "Follows a folder: its media are in the library in a moment",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "Only `path` has to be there",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(implementation = NewRepository.class))))
    @ApiResponse(responseCode = "201", description = "The repository; `Location` is its address")
    @ApiResponse(responseCode = "409", description = "The folder is one already, or lies in one")
    @ApiResponse(responseCode = "422", description = "A field is wrong; `field` says which")
    ResponseEntity<RegisteredRepository> add(@RequestBody JsonNode body) throws IOException {
        RegisteredRepository added = registration.add(new RepositoryForm(body));
        return ResponseEntity.created(URI.create("/api/repositories/" + added.repositoryId()))
                .body(added);
    }

    @PatchMapping("/{id}")
    @Operation(
            operationId = "changeRepository",
            summary = "Changes how a repository is kept; what is not named stays",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    RepositorySettings.class))))
    @ApiResponse(responseCode = "200", description = "The repository as it is now")
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    @ApiResponse(responseCode = "409", description = "Something is in the way")
    @ApiResponse(responseCode = "422", description = "A field is wrong; `field` says which")
    RegisteredRepository change(
            @Parameter(description = ID, example = EXAMPLE) @PathVariable UUID id,
            @RequestBody JsonNode body) {
        return registration.change(id, new RepositoryForm(body));
    }

    /// Stops watching; with `forget=true` also removes its assets from the library. The files stay
    /// in either case.
    @DeleteMapping("/{id}")
    @Operation(
            operationId = "removeRepository",
            summary = "Stops following a folder; its assets and its files stay")
    @ApiResponse(responseCode = "200", description = "It is not followed any more")
    @ApiResponse(responseCode = "204", description = "It is forgotten", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    @ApiResponse(responseCode = "409", description = "It is still followed, or the default one")
    ResponseEntity<RegisteredRepository> remove(
            @Parameter(description = ID, example = EXAMPLE) @PathVariable UUID id,
            @Parameter(
                            description =
                                    "Remove one that is not followed any more, with its assets and"
                                            + " thumbnails, and no file")
                    @RequestParam(defaultValue = "false")
                    boolean forget)
            throws IOException {
        if (forget) {
            registration.forget(id);
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(registration.stopWatching(id));
    }
}

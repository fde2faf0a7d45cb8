package dev.darkroom.ingest.repository;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
class RepositoriesController {
    private final Registration registration;

    RepositoriesController(Registration registration) {
        this.registration = registration;
    }

    @GetMapping
    Map<String, List<RegisteredRepository>> list() {
        return Map.of("items", registration.list());
    }

    @GetMapping("/{id}")
    RegisteredRepository get(@PathVariable UUID id) {
        return registration.get(id);
    }

    @PostMapping
    ResponseEntity<RegisteredRepository> add(@RequestBody JsonNode body) throws IOException {
        RegisteredRepository added = registration.add(new RepositoryForm(body));
        return ResponseEntity.created(URI.create("/api/repositories/" + added.repositoryId()))
                .body(added);
    }

    @PatchMapping("/{id}")
    RegisteredRepository change(@PathVariable UUID id, @RequestBody JsonNode body) {
        return registration.change(id, new RepositoryForm(body));
    }

    /// Stops watching; with `forget=true` also removes its assets from the library. The files stay
    /// in either case.
    @DeleteMapping("/{id}")
    ResponseEntity<RegisteredRepository> remove(
            @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean forget)
            throws IOException {
        if (forget) {
            registration.forget(id);
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(registration.stopWatching(id));
    }
}

package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Operations;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was done about watched folders, and what an operator can do about it, over HTTP.
@RestController
class SyncController {
    private final SyncDesk desk;
    private final FolderSync folders;

    SyncController(SyncDesk desk, FolderSync folders) {
        this.desk = desk;
        this.folders = folders;
    }

    /// A scan that is asked for.
    ///
    /// @param type `reconciliation`, the only one that can be asked for
    /// @param dryRun say only what it would do
    record Wanted(@Nullable String type, boolean dryRun) {}

    /// @param watch what cannot be watched, in words, empty if everything can, null if another
    ///   instance keeps it
    record State(RepositoryStatus repository, @Nullable String watch) {}

    @GetMapping("/api/repositories/{ref}/sync")
    State sync(@PathVariable String ref) {
        RepositoryStatus status = desk.repository(ref);
        return new State(status, folders.watchProblem(status.repositoryId()));
    }

    @PostMapping("/api/repositories/{ref}/operations")
    ResponseEntity<?> begin(
            @PathVariable String ref, @RequestBody(required = false) @Nullable Wanted wanted)
            throws InterruptedException {
        if (wanted != null && wanted.type() != null && !wanted.type().equals("reconciliation")) {
            ProblemDetail problem =
                    problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid-parameter",
                            "only a reconciliation can be asked for, not: " + wanted.type());
            return ResponseEntity.of(problem).build();
        }
        return wanted != null && wanted.dryRun()
                ? ResponseEntity.ok(desk.plan(ref))
                : ResponseEntity.accepted().body(desk.scan(ref));
    }

    @GetMapping("/api/operations")
    List<Operations.Operation> operations(
            @RequestParam(required = false) @Nullable String repository,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = "20") int limit) {
        return desk.operations(repository, status, limit);
    }

    @GetMapping("/api/operations/{id}")
    Operations.Operation operation(@PathVariable long id) {
        return desk.operation(id);
    }

    @PostMapping("/api/operations/{id}/confirm")
    Operations.Operation confirm(@PathVariable long id) throws InterruptedException {
        return desk.confirm(id);
    }

    @PostMapping("/api/operations/{id}/undo")
    Operations.Operation undo(@PathVariable long id) throws InterruptedException {
        return desk.undo(id);
    }

    @PostMapping("/api/repositories/{ref}/resume")
    RepositoryStatus resume(@PathVariable String ref) {
        return desk.resume(ref);
    }

    @ExceptionHandler
    ProblemDetail refused(Refused refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case NOT_FOUND -> problem(HttpStatus.NOT_FOUND, "not-found", detail);
            case CONFLICT -> problem(HttpStatus.CONFLICT, "conflict", detail);
            case UNAVAILABLE -> problem(HttpStatus.SERVICE_UNAVAILABLE, "not-available", detail);
        };
    }

    private static ProblemDetail problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        return problem;
    }
}

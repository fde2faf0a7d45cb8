package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.scan.Plan;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was done about watched folders, and what an operator can do about it, over HTTP.
@RestController
@Tag(name = "folders")
class SyncController {
    private static final String REF = "The repository's id or name";
    private static final String ID = "The operation's number";

    private final SyncDesk desk;
    private final FolderSync folders;

    SyncController(SyncDesk desk, FolderSync folders) {
        this.desk = desk;
        this.folders = folders;
    }

    /// A scan that is asked for.
    ///
    /// @param type `reconciliation`, the only one that can be asked for
    /// @param dryRun say only what it would do; false unless it is there
    record Wanted(@Nullable String type, @Nullable Boolean dryRun) {
        boolean isDryRun() {
            return Boolean.TRUE.equals(dryRun);
        }
    }

    /// @param watch what cannot be watched, in words, empty if everything can, null if another
    ///   instance keeps it
    record State(RepositoryStatus repository, @Nullable String watch) {}

    @GetMapping("/api/repositories/{ref}/sync")
    @Operation(operationId = "getSync", summary = "Where a repository stands")
    @ApiResponse(
            responseCode = "200",
            description = "Who keeps it, what waits, its last ten operations")
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    State sync(@Parameter(description = REF, example = "photos") @PathVariable String ref) {
        RepositoryStatus status = desk.repository(ref);
        return new State(status, folders.watchProblem(status.repositoryId()));
    }

    @PostMapping("/api/repositories/{ref}/operations")
    @Operation(
            operationId = "beginOperation",
            summary =
                    "Compares a whole folder with what is known of it, or says what that would do")
    @ApiResponse(
            responseCode = "200",
            description = "What it would do: a dry run changes nothing",
            content = @Content(schema = @Schema(implementation = Plan.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The operation, which has begun",
            content = @Content(schema = @Schema(implementation = Operations.Operation.class)))
    @ApiResponse(responseCode = "400", description = "Only a reconciliation can be asked for")
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    @ApiResponse(
            responseCode = "409",
            description = "It is paused, not watched, or its folder is away")
    @ApiResponse(responseCode = "503", description = "No instance keeps it")
    ResponseEntity<?> begin(
            @Parameter(description = REF, example = "photos") @PathVariable String ref,
            @RequestBody(required = false) @Nullable Wanted wanted)
            throws InterruptedException {
        if (wanted != null && wanted.type() != null && !wanted.type().equals("reconciliation")) {
            ProblemDetail problem =
                    problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid-parameter",
                            "only a reconciliation can be asked for, not: " + wanted.type());
            return ResponseEntity.of(problem).build();
        }
        return wanted != null && wanted.isDryRun()
                ? ResponseEntity.ok(desk.plan(ref))
                : ResponseEntity.accepted().body(desk.scan(ref));
    }

    @GetMapping("/api/operations")
    @Operation(operationId = "listOperations", summary = "The last operations, the newest first")
    @ApiResponse(responseCode = "200", description = "The operations")
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    List<Operations.Operation> operations(
            @Parameter(description = REF + "; of all without it") @RequestParam(required = false)
                    @Nullable String repository,
            @Parameter(description = "running, completed, held, failed, cancelled or undone")
                    @RequestParam(required = false)
                    @Nullable String status,
            @Parameter(description = "How many, 1 to 1000") @RequestParam(defaultValue = "20")
                    int limit) {
        return desk.operations(repository, status, limit);
    }

    @GetMapping("/api/operations/{id}")
    @Operation(operationId = "getOperation", summary = "One operation: what it saw and what it did")
    @ApiResponse(responseCode = "200", description = "The operation")
    @ApiResponse(responseCode = "404", description = "There is no such operation")
    Operations.Operation operation(
            @Parameter(description = ID, example = "3") @PathVariable long id) {
        return desk.operation(id);
    }

    @PostMapping("/api/operations/{id}/confirm")
    @Operation(
            operationId = "confirmOperation",
            summary = "Does the removals that an operation holds; what is back is kept")
    @ApiResponse(responseCode = "200", description = "The operation, done")
    @ApiResponse(responseCode = "404", description = "There is no such operation")
    @ApiResponse(responseCode = "409", description = "It holds nothing, or the folder is away")
    @ApiResponse(responseCode = "503", description = "No instance keeps the repository")
    Operations.Operation confirm(@Parameter(description = ID, example = "3") @PathVariable long id)
            throws InterruptedException {
        return desk.confirm(id);
    }

    @PostMapping("/api/operations/{id}/undo")
    @Operation(
            operationId = "undoOperation",
            summary = "Takes a whole operation back, and pauses the repository")
    @ApiResponse(responseCode = "200", description = "The operation that took it back")
    @ApiResponse(responseCode = "404", description = "There is no such operation")
    @ApiResponse(responseCode = "409", description = "It cannot be taken back; the detail says why")
    @ApiResponse(responseCode = "503", description = "No instance keeps the repository")
    Operations.Operation undo(@Parameter(description = ID, example = "3") @PathVariable long id)
            throws InterruptedException {
        return desk.undo(id);
    }

    @PostMapping("/api/repositories/{ref}/resume")
    @Operation(operationId = "resumeRepository", summary = "Lets a paused repository go on")
    @ApiResponse(responseCode = "200", description = "Where it stands now")
    @ApiResponse(responseCode = "404", description = "There is no such repository")
    @ApiResponse(responseCode = "409", description = "It is not paused")
    RepositoryStatus resume(
            @Parameter(description = REF, example = "photos") @PathVariable String ref) {
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

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        return problem(
                HttpStatus.BAD_REQUEST,
                "invalid-body",
                "the body is no JSON of the form {\"type\": \"reconciliation\", \"dryRun\": true}");
    }

    private static ProblemDetail problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        return problem;
    }
}

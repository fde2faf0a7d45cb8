package dev.darkroom.library.operator;

import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import dev.darkroom.schema.TaskStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door to [Operations].
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "operator")
class OperatorController {
    private final Operations operations;

    OperatorController(Operations operations) {
        this.operations = operations;
    }

    @GetMapping("/status")
    @Operation(operationId = "getStatus", summary = "How the library stands, in numbers")
    ResponseEntity<Status> status() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(operations.status());
    }

    @GetMapping("/tasks")
    @Operation(operationId = "listTasks", summary = "The tasks in a status, latest change first")
    TaskList tasks(
            @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            defaultValue = "dead",
                                            allowableValues = {
                                                "pending",
                                                "queued",
                                                "processing",
                                                "completed",
                                                "failed",
                                                "cancelled",
                                                "dead",
                                                "skipped"
                                            }))
                    @RequestParam(defaultValue = "dead")
                    TaskStatus status,
            @Parameter(description = "Of this name only, such as thumbnail")
                    @RequestParam(required = false)
                    @Pattern(regexp = "[a-z][a-z0-9-]{0,63}")
                    @Nullable String task,
            @Parameter(description = "How many, 1 to 500")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    @Max(500)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        Position after = cursor == null ? null : Position.ofCursor(cursor);
        Page<LedgerEntry> page = operations.tasks(status, task, after, limit);
        Position next = page.next();
        return new TaskList(page.items(), next == null ? null : next.cursor());
    }
}

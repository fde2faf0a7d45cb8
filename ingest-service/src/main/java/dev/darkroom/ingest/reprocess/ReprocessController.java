package dev.darkroom.ingest.reprocess;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The door for doing work again.
@RestController
@Tag(name = "operator")
class ReprocessController {
    private final Reprocess reprocess;

    ReprocessController(Reprocess reprocess) {
        this.reprocess = reprocess;
    }

    /// @param model the model's id or name; only for the task `embedding`
    record Wanted(@Nullable String task, @Nullable String model) {}

    @PostMapping("/api/reprocess")
    @Operation(
            operationId = "reprocess",
            summary = "Does a task again for assets that lack its result, in the backfill lane",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            description = "`model` is an id or a name, for the task embedding only",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples =
                                                    @ExampleObject(
                                                            """
                                                            {"task": "embedding", "model": "visual-v1"}
                                                            """))))
    @ApiResponse(responseCode = "200", description = "How many assets are on their way")
    Announced reprocess(@RequestBody Wanted wanted) {
        if (wanted.task() == null) {
            throw new ReprocessRefused("task is missing, such as embedding");
        }
        return reprocess.announce(wanted.task(), wanted.model());
    }

    @ExceptionHandler
    ProblemDetail refused(ReprocessRefused refused) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(refused.getMessage()));
        problem.setType(URI.create("urn:darkroom:problem:invalid-parameter"));
        return problem;
    }
}

package dev.darkroom.ingest.reprocess;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The door for doing work again.
@RestController
class ReprocessController {
    private final Reprocess reprocess;

    ReprocessController(Reprocess reprocess) {
        this.reprocess = reprocess;
    }

    /// @param model the model's id or name; only for the task `embedding`
    record Wanted(@Nullable String task, @Nullable String model) {}

    @PostMapping("/api/reprocess")
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

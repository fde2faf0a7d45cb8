package dev.darkroom.embedding.depth;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.GiveUp;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.depth.DepthFormat;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door for depth maps that somebody waits for: library-service asks here.
@RestController
@ConditionalOnProperty("darkroom.embedding.models.depth.location")
class DepthController {
    private final DepthDemand demand;

    DepthController(DepthDemand demand) {
        this.demand = demand;
    }

    /// Answers when the map is there and whole, which may take as long as the model takes.
    @PostMapping("/api/depth-maps")
    ResponseEntity<?> ensure(@RequestParam UUID assetId, @RequestParam String format)
            throws GiveUp, IOException, InterruptedException {
        return demand.ensure(assetId, DepthFormat.of(format))
                ? ResponseEntity.noContent().build()
                : problem(HttpStatus.NOT_FOUND, "asset-not-found", "there is no photo " + assetId);
    }

    @ExceptionHandler
    ResponseEntity<?> cannotBeMade(GiveUp reason) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, "depth-given-up", reason.reason());
    }

    @ExceptionHandler
    ResponseEntity<?> failed(InferenceFailed reason) {
        return problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "depth-given-up",
                String.valueOf(reason.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<?> away(DependencyDown reason) {
        Throwable cause = reason.getCause();
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "depth-unavailable",
                String.valueOf((cause == null ? reason : cause).getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<?> refused(IllegalArgumentException reason) {
        return problem(
                HttpStatus.BAD_REQUEST, "invalid-parameter", String.valueOf(reason.getMessage()));
    }

    private static ResponseEntity<?> problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        return ResponseEntity.of(problem).build();
    }
}

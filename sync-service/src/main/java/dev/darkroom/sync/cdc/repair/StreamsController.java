package dev.darkroom.sync.cdc.repair;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Operators' door to the change streams.
@RestController
class StreamsController {
    private final StreamOperations operations;

    StreamsController(StreamOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/api/streams")
    StreamStatus status() {
        return operations.status();
    }

    @PostMapping("/api/streams/repair")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, String> repair() {
        return Map.of("doing", operations.repair());
    }

    @ExceptionHandler
    ProblemDetail notHere(StreamOperations.NotHere e) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }
}

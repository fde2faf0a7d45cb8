package dev.darkroom.sync.cdc.repair;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@Tag(name = "streams")
class StreamsController {
    private final StreamOperations operations;

    StreamsController(StreamOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/api/streams")
    @Operation(operationId = "getStreams", summary = "How the change streams are")
    StreamStatus status() {
        return operations.status();
    }

    @PostMapping("/api/streams/repair")
    @Operation(
            operationId = "repairStreams",
            summary = "Compares every table with its topic now, and publishes what differs")
    @ApiResponse(responseCode = "202", description = "What it does now, in words")
    @ApiResponse(responseCode = "409", description = "Another instance leads; ask that one")
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

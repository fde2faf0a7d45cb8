package dev.darkroom.sync.streams;

import dev.darkroom.streams.BadExpression;
import dev.darkroom.streams.ChangeFeed;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.TopicReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /api/changes/{tables}`: changes as server-sent events, from a place on, for as long as the
/// client stays.
///
/// Each event's id is the place after it. A client that sends it back as `Last-Event-ID`, as
/// browsers do by themselves, gets what comes next: nothing is left out, nothing comes again.
@RestController
@Tag(name = "streams")
final class ChangesController {
    private static final Logger log = LoggerFactory.getLogger(ChangesController.class);

    private final Subscriptions subscriptions;

    ChangesController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GetMapping("/api/changes/{tables}")
    @Operation(
            operationId = "streamChanges",
            summary = "Changes of rows as server-sent events, for as long as the client stays")
    @ApiResponse(
            responseCode = "200",
            description = "Events; each one's id is the place after it",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", description = "A filter, place or format that is none")
    @ApiResponse(responseCode = "404", description = "There is no such table")
    @ApiResponse(responseCode = "410", description = "The place is gone")
    @ApiResponse(responseCode = "503", description = "Too many clients, or Kafka does not answer")
    void changes(
            @Parameter(description = "One or more, with commas in between", example = "assets")
                    @PathVariable
                    List<String> tables,
            @Parameter(description = "Only these: c, u, d, r, t") @RequestParam(defaultValue = "")
                    List<String> op,
            @Parameter(description = "A filter in CEL", example = "row.rating >= 4")
                    @RequestParam(required = false)
                    @Nullable String where,
            @Parameter(description = "beginning, end, or a time: @-1h, @2026-01-01T00:00:00Z")
                    @RequestParam(defaultValue = "end")
                    String from,
            @Parameter(description = "flat or envelope") @RequestParam(defaultValue = "flat")
                    String format,
            @Parameter(description = "The id of the last event that came; stands above `from`")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable String lastEventId,
            HttpServletResponse response) {
        subscriptions.requireRoom();
        Subscription subscription = Subscription.of(tables, op, where, from, format, lastEventId);
        ChangeFeed feed = subscriptions.open(subscription);
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // A proxy in between passes each event on at once.
            response.setHeader("X-Accel-Buffering", "no");
            serve(feed, subscription, new EventWriter(response.getOutputStream()));
        } catch (IOException e) {
            log.atDebug().addKeyValue("tables", tables).log("client of a change stream has gone");
        } finally {
            subscriptions.close(feed);
        }
    }

    /// The answer has begun: what goes wrong now can only be told as an event.
    private void serve(ChangeFeed feed, Subscription subscription, EventWriter out)
            throws IOException {
        try {
            subscriptions.serve(feed, subscription, out);
        } catch (ChangeRecord.NotAChange | KafkaException e) {
            log.atWarn()
                    .addKeyValue("tables", subscription.tables())
                    .setCause(e)
                    .log("change stream over HTTP failed");
            out.event("stream-error", String.valueOf(e.getMessage()).replace('\n', ' '));
            out.flush();
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badExpression(BadExpression e) {
        ProblemDetail problem =
                problem(HttpStatus.BAD_REQUEST, "bad-expression", String.valueOf(e.getMessage()));
        problem.setProperty("parameter", "where");
        problem.setProperty("line", e.line());
        problem.setProperty("column", e.column());
        problem.setProperty("reason", e.reason());
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badRequest(IllegalArgumentException e) {
        return answer(
                problem(HttpStatus.BAD_REQUEST, "bad-request", String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> noSuchTable(ChangeFeed.NoSuchTable e) {
        return answer(
                problem(HttpStatus.NOT_FOUND, "no-such-table", String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> positionGone(TopicReader.PositionGone e) {
        return answer(problem(HttpStatus.GONE, "position-gone", String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMany(Subscriptions.TooMany e) {
        return later(
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too-many-clients",
                        String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> kafkaDoesNotAnswer(KafkaException e) {
        log.atWarn().setCause(e).log("no change stream over HTTP, Kafka does not answer");
        return later(
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "kafka-away",
                        "Kafka does not answer. Try again later."));
    }

    private static ProblemDetail problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        return problem;
    }

    /// As a problem, although the client asked for a stream of events.
    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ResponseEntity<ProblemDetail> later(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, "10")
                .body(problem);
    }
}

package dev.darkroom.sync.streams;

import dev.darkroom.streams.BadExpression;
import dev.darkroom.streams.ChangeFeed;
import dev.darkroom.streams.ChangeRecord;
import dev.darkroom.streams.TopicReader;
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
final class ChangesController {
    private static final Logger log = LoggerFactory.getLogger(ChangesController.class);

    private final Subscriptions subscriptions;

    ChangesController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GetMapping("/api/changes/{tables}")
    void changes(
            @PathVariable List<String> tables,
            @RequestParam(defaultValue = "") List<String> op,
            @RequestParam(required = false) @Nullable String where,
            @RequestParam(defaultValue = "end") String from,
            @RequestParam(defaultValue = "flat") String format,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
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

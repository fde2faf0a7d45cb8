package dev.darkroom.ingest.upload;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.storage.StorageFull;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Every refusal and failure of the upload doors as an RFC 9457 problem. Its `detail` says what to
/// do.
@RestControllerAdvice("dev.darkroom.ingest.upload")
public final class UploadProblems {
    private static final Logger log = LoggerFactory.getLogger(UploadProblems.class);
    private static final HttpStatusCode CHECKSUM_MISMATCH = HttpStatusCode.valueOf(460);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /// The problem with this type, the last part of its URN.
    public static ProblemDetail problem(
            HttpStatusCode status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        problem.setTitle(title);
        return problem;
    }

    /// The answer that carries a problem. Where trying again later helps, it says when.
    public static ResponseEntity<Object> answer(ProblemDetail problem) {
        HttpStatus known = HttpStatus.resolve(problem.getStatus());
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(problem.getStatus())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (known == HttpStatus.SERVICE_UNAVAILABLE || known == HttpStatus.INSUFFICIENT_STORAGE) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
        } else if (known == HttpStatus.LOCKED) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.body(problem);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(UploadRefused refused) {
        return answer(of(refused));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(DependencyDown down) {
        return answer(of(down));
    }

    @ExceptionHandler
    ResponseEntity<Object> on(IOException failure) {
        return answer(of(failure));
    }

    static ProblemDetail of(DependencyDown down) {
        log.atWarn().setCause(down).log("an upload was answered with 503");
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "kafka-away",
                "The upload cannot be announced",
                "the message broker does not answer, so the file could not be accepted:"
                        + " try again later");
    }

    static ProblemDetail of(IOException failure) {
        if (failure instanceof StorageFull) {
            log.atWarn().setCause(failure).log("an upload was answered with 507");
            return problem(
                    HttpStatus.INSUFFICIENT_STORAGE,
                    "storage-full",
                    "No room for the file",
                    "the store has no space left: try again once the operator has freed some");
        }
        log.atError().setCause(failure).log("an upload failed");
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "storage-failed",
                "The file could not be kept",
                "the store failed, and the reason is in the service's log: try again");
    }

    static ProblemDetail of(UploadRefused refused) {
        String detail = refused.detail();
        return switch (refused.reason()) {
            case INVALID ->
                    problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid-upload",
                            "The request cannot be understood",
                            detail);
            case INTERRUPTED ->
                    problem(
                            HttpStatus.BAD_REQUEST,
                            "upload-interrupted",
                            "The upload broke off",
                            detail);
            case TOO_LARGE ->
                    problem(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "upload-too-large",
                            "The file is too large",
                            detail);
            case WRONG_DIGEST ->
                    problem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "digest-mismatch",
                            "The file is not what its digest says",
                            detail);
            case WRONG_CHECKSUM ->
                    problem(
                            CHECKSUM_MISMATCH,
                            "checksum-mismatch",
                            "The chunk is not what its checksum says",
                            detail);
            case OFFSET_CONFLICT ->
                    problem(
                            HttpStatus.CONFLICT,
                            "offset-conflict",
                            "The upload is at another offset",
                            detail);
            case BUSY -> problem(HttpStatus.LOCKED, "upload-busy", "The upload is in use", detail);
            case UNKNOWN ->
                    problem(HttpStatus.NOT_FOUND, "upload-not-found", "There is no upload", detail);
            case EXPIRED ->
                    problem(HttpStatus.GONE, "upload-expired", "The upload has expired", detail);
        };
    }

    /// The same problem with another detail.
    static ProblemDetail copyOf(ProblemDetail problem, String detail) {
        ProblemDetail copy =
                ProblemDetail.forStatusAndDetail(
                        HttpStatusCode.valueOf(problem.getStatus()), detail);
        copy.setType(problem.getType());
        copy.setTitle(problem.getTitle());
        return copy;
    }
}

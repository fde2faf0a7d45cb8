package dev.darkroom.ingest.repository;

import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Every refusal of the door as an RFC 9457 problem; its `field` names what is wrong.
@Order(Ordered.HIGHEST_PRECEDENCE) // before Spring's own words about bodies it cannot read
@RestControllerAdvice("dev.darkroom.ingest.repository")
class RepositoryProblems {
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(RepositoryRefused refused) {
        return switch (refused.reason()) {
            case INVALID ->
                    answer(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "invalid-repository",
                            "The repository cannot be as it was asked for",
                            refused);
            case CONFLICT ->
                    answer(
                            HttpStatus.CONFLICT,
                            "repository-conflict",
                            "There is something in the way",
                            refused);
            case UNKNOWN ->
                    answer(
                            HttpStatus.NOT_FOUND,
                            "repository-not-found",
                            "There is no such repository",
                            refused);
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(HttpMessageNotReadableException e) {
        return on(RepositoryRefused.invalid("", "the body is no JSON"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(MethodArgumentTypeMismatchException e) {
        return on(
                RepositoryRefused.invalid(
                        e.getName(), "%s is wrong: %s".formatted(e.getName(), e.getValue())));
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String type, String title, RepositoryRefused refused) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status, String.valueOf(refused.getMessage()));
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        problem.setTitle(title);
        if (!refused.field().isEmpty()) {
            problem.setProperty("field", refused.field());
        }
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}

package dev.darkroom.library.problem;

import dev.darkroom.library.file.RepositoryUnavailable;
import dev.darkroom.library.page.BrokenCursor;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/// Answers every exception of a door with a problem.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BrokenCursor e) {
        return answer(
                HttpStatus.BAD_REQUEST,
                "invalid-cursor",
                e.getMessage()
                        + ". Pass on what the page before gave as `next`, or leave the cursor out"
                        + " to begin with the newest.");
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        DataAccessResourceFailureException.class
    })
    ResponseEntity<ProblemDetail> onDatabaseDown(Exception e) {
        log.atWarn().setCause(e).log("the database does not answer");
        return later("database-unavailable", "The database does not answer. Try again later.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(RepositoryUnavailable e) {
        log.atError().setCause(e).log("a repository cannot be read");
        return later("repository-unavailable", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchFileException e) {
        log.atError().addKeyValue("file", e.getFile()).log("a file that has a row is missing");
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "file-missing",
                "The library knows this file, but its bytes are not where they should be: "
                        + e.getFile()
                        + ". The operator has to restore it.");
    }

    /// Everything that nobody foresaw. The answer names an id under which the log has the cause.
    @ExceptionHandler
    @Nullable ResponseEntity<ProblemDetail> on(Exception e, HttpServletResponse response) {
        if (response.isCommitted()) {
            // Most often the client went away in the middle; there is nobody left to tell.
            log.atDebug().setCause(e).log("an answer broke off");
            return null;
        }
        UUID errorId = UUID.randomUUID();
        log.atError().addKeyValue("errorId", errorId).setCause(e).log("a request failed");
        response.reset();
        ProblemDetail problem =
                Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "This is our fault. The log has the cause under the id " + errorId + ".");
        problem.setProperty("errorId", errorId);
        return ResponseEntity.internalServerError().body(problem);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return handleExceptionInternal(e, invalid(mismatch(e)), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail =
                e.getParameterValidationResults().stream()
                        .flatMap(
                                result ->
                                        result.getResolvableErrors().stream()
                                                .map(
                                                        error ->
                                                                result.getMethodParameter()
                                                                                .getParameterName()
                                                                        + " "
                                                                        + error.getDefaultMessage()
                                                                        + ": "
                                                                        + result.getArgument()))
                        .collect(Collectors.joining("; "));
        return handleExceptionInternal(e, invalid(detail), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail =
                switch (e.getCause()) {
                    case JacksonException unreadable
                            when unreadable.getCause() instanceof IllegalArgumentException wrong ->
                            Objects.toString(wrong.getMessage());
                    case JacksonException unreadable -> unreadable.getOriginalMessage();
                    case null, default -> "there is none, or no JSON";
                };
        return handleExceptionInternal(
                e,
                invalid(
                        "the body is not what belongs here: "
                                + detail
                                + ". The API is described at /openapi.yaml."),
                headers,
                status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String[] supported = e.getSupportedMethods();
        String detail =
                e.getMethod()
                        + " is not possible here; use "
                        + String.join(" or ", supported == null ? List.of() : List.of(supported));
        ProblemDetail problem =
                Problems.of(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", detail);
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem =
                Problems.of(
                        HttpStatus.NOT_FOUND,
                        "not-found",
                        "There is nothing at /"
                                + e.getResourcePath()
                                + ". The API is described at /openapi.yaml.");
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /// Gives what Spring found out a type of ours.
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Object answer =
                body == null && e instanceof ErrorResponse response
                        ? response.updateAndGetBody(getMessageSource(), request.getLocale())
                        : body;
        if (answer instanceof ProblemDetail problem
                && !Objects.toString(problem.getType(), "").startsWith("urn:")) {
            problem.setType(Problems.typeOf(status));
        }
        return super.handleExceptionInternal(e, answer, headers, status, request);
    }

    private static ProblemDetail invalid(String detail) {
        return Problems.of(HttpStatus.BAD_REQUEST, "invalid-parameter", detail);
    }

    private static String mismatch(TypeMismatchException e) {
        String name =
                e instanceof MethodArgumentTypeMismatchException argument
                        ? argument.getName()
                        : "a parameter";
        Throwable cause =
                e.getCause() instanceof ConversionFailedException conversion
                        ? conversion.getCause()
                        : e.getCause();
        if (cause instanceof IllegalArgumentException refused
                && !(cause instanceof NumberFormatException)) {
            return name + " is wrong: " + refused.getMessage();
        }
        return name + " must be a " + typeName(e) + ": " + e.getValue();
    }

    private static String typeName(TypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        if (type == null) {
            return "different value";
        }
        return type == int.class
                        || type == Integer.class
                        || type == long.class
                        || type == Long.class
                ? "whole number"
                : type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static ResponseEntity<ProblemDetail> later(String type, @Nullable String detail) {
        HttpHeaders headers = new HttpHeaders();
        Problems.retryLater(headers, RECOVERY);
        HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
        return new ResponseEntity<>(
                Problems.of(status, type, Objects.toString(detail)), headers, status);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String type, @Nullable String detail) {
        return ResponseEntity.status(status)
                .body(Problems.of(status, type, Objects.toString(detail)));
    }
}

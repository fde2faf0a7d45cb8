package dev.darkroom.library.people;

import dev.darkroom.library.problem.Problems;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Answers what [PeopleDesk] refuses with a problem.
@RestControllerAdvice(basePackageClasses = PeopleProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PeopleProblems {
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(PeopleRefused refused) {
        String detail = Objects.toString(refused.getMessage());
        ErrorResponseException problem =
                switch (refused) {
                    case PeopleRefused.NoSuchPerson _ -> Problems.personNotFound(detail);
                    case PeopleRefused.NoSuchFace _ -> Problems.faceNotFound(detail);
                    case PeopleRefused.NotTheirs _ -> Problems.notTheirFace(detail);
                    case PeopleRefused.OtherLibrary _ -> Problems.otherLibrary(detail);
                };
        return new ResponseEntity<>(
                problem.getBody(), problem.getHeaders(), problem.getStatusCode());
    }
}

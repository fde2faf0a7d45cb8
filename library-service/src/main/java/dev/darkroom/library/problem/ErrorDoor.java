package dev.darkroom.library.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers with a problem what went wrong before or behind the doors, where [ProblemAdvice] does
/// not hear of it.
@Hidden
@RestController
class ErrorDoor implements ErrorController {
    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> on(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus resolved = code instanceof Integer value ? HttpStatus.resolve(value) : null;
        HttpStatus status = resolved == null ? HttpStatus.NOT_FOUND : resolved;
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setType(Problems.typeOf(status));
        return ResponseEntity.status(status).body(problem);
    }
}

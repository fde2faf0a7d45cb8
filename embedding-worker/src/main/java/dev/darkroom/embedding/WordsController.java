package dev.darkroom.embedding;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.embedding.space.Space;
import dev.darkroom.inference.InferenceFailed;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door for words: their vector in the space that is searched, for who searches it.
@RestController
class WordsController {
    private final OpenSpaces spaces;

    WordsController(OpenSpaces spaces) {
        this.spaces = spaces;
    }

    /// @param vector of length 1
    @SuppressWarnings("ArrayRecordComponent") // written out once; never compared
    record Answer(UUID spaceId, String modelId, float[] vector) {}

    @GetMapping("/api/words")
    ResponseEntity<?> vector(
            @RequestParam String text, @RequestParam(defaultValue = "visual") String role) {
        Optional<Map.Entry<Space, Embedder>> active = spaces.active(role);
        Optional<float[]> vector;
        try {
            vector = active.flatMap(one -> one.getValue().words(text));
        } catch (DependencyDown | InferenceFailed e) {
            return problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "model-away",
                    "the model does not answer now: " + reason(e));
        }
        if (vector.isEmpty()) {
            String model =
                    active.map(one -> one.getKey().spec().modelId())
                            .orElse("what is searched in the role " + role);
            return problem(HttpStatus.CONFLICT, "no-words", model + " knows no words here");
        }
        Space space = active.orElseThrow().getKey();
        return ResponseEntity.ok(
                new Answer(
                        space.id(), space.spec().modelId(), space.spec().normalised(vector.get())));
    }

    private static ResponseEntity<?> problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        return ResponseEntity.of(problem).build();
    }

    private static String reason(Exception failure) {
        Throwable cause = failure.getCause();
        return String.valueOf((cause == null ? failure : cause).getMessage());
    }
}

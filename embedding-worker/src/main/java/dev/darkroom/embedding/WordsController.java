package dev.darkroom.embedding;

import dev.darkroom.embedding.space.Space;
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
        Optional<float[]> vector = active.flatMap(one -> one.getValue().words(text));
        if (vector.isEmpty()) {
            String model =
                    active.map(one -> one.getKey().spec().modelId())
                            .orElse("what is searched in the role " + role);
            ProblemDetail problem =
                    ProblemDetail.forStatusAndDetail(
                            HttpStatus.CONFLICT, model + " knows no words here");
            problem.setType(URI.create("urn:darkroom:problem:no-words"));
            return ResponseEntity.of(problem).build();
        }
        Space space = active.orElseThrow().getKey();
        return ResponseEntity.ok(
                new Answer(
                        space.id(), space.spec().modelId(), space.spec().normalised(vector.get())));
    }
}

package dev.darkroom.embedding.face;

import dev.darkroom.delivery.GiveUp;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door for pictures of faces; library-service asks for them.
@RestController
class FacePictureController {
    private static final int LEAST = 32;
    private static final int MOST = 512;

    private final FacePictures pictures;

    FacePictureController(FacePictures pictures) {
        this.pictures = pictures;
    }

    @GetMapping("/api/faces/{face}/picture")
    ResponseEntity<?> picture(@PathVariable UUID face, @RequestParam(defaultValue = "240") int size)
            throws IOException, InterruptedException {
        try {
            Optional<byte[]> jpeg = pictures.of(face, Math.clamp(size, LEAST, MOST));
            return jpeg.isPresent()
                    ? ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(jpeg.get())
                    : problem(HttpStatus.NOT_FOUND, "face-not-found", "there is no face " + face);
        } catch (GiveUp e) {
            return problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "face-picture-impossible",
                    Objects.toString(e.getMessage()));
        }
    }

    private static ResponseEntity<?> problem(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:darkroom:problem:" + type));
        return ResponseEntity.of(problem).build();
    }
}

package dev.darkroom.library.people;

import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import dev.darkroom.library.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door to single faces.
@RestController
@RequestMapping(path = "/api/faces", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "people")
class FacesController {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final PeopleDesk desk;
    private final FacePictures pictures;

    FacesController(PeopleDesk desk, FacePictures pictures) {
        this.desk = desk;
        this.pictures = pictures;
    }

    @GetMapping
    @Operation(
            operationId = "listFacesOfNobody",
            summary = "The faces that are nobody's, the last found first")
    FaceList list(
            @Parameter(description = "Those that somebody said do not matter, instead")
                    @RequestParam(defaultValue = "false")
                    boolean ignored,
            @Parameter(description = "How many, 1 to 500")
                    @RequestParam(defaultValue = "100")
                    @Min(1)
                    @Max(500)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        Position after = cursor == null ? null : Position.ofCursor(cursor);
        Page<Face> page = desk.facesOfNobody(ignored, after, limit);
        return new FaceList(page.items(), page.next() == null ? null : page.next().cursor());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getFace", summary = "One face")
    Face get(@PathVariable UUID id) {
        return desk.face(id);
    }

    @PutMapping(path = "/{id}/person", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "assignFace",
            summary = "Says whose a face is: somebody's, by `personId`, or somebody new, by `name`")
    Face assign(@PathVariable UUID id, @RequestBody Whose whose) {
        return desk.assign(id, whose);
    }

    @DeleteMapping("/{id}/person")
    @Operation(
            operationId = "unassignFace",
            summary = "Says that a face is nobody's; no comparison gives it to anybody again")
    Face unassign(@PathVariable UUID id) {
        return desk.takeAway(id, false);
    }

    @PutMapping("/{id}/ignored")
    @Operation(operationId = "ignoreFace", summary = "Says that a face does not matter")
    Face ignore(@PathVariable UUID id) {
        return desk.takeAway(id, true);
    }

    @DeleteMapping("/{id}/ignored")
    @Operation(
            operationId = "noticeFace",
            summary = "Says that a face matters after all; it is compared with the others again")
    Face notice(@PathVariable UUID id) {
        return desk.notice(id);
    }

    @GetMapping(path = "/{id}/picture", produces = MediaType.IMAGE_JPEG_VALUE)
    @Operation(operationId = "getFacePicture", summary = "The face alone, a square")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "image/jpeg",
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> picture(
            @PathVariable UUID id,
            @Parameter(description = "Pixels, 32 to 512")
                    @RequestParam(defaultValue = "240")
                    @Min(32)
                    @Max(512)
                    int size,
            @Parameter(description = "As in the links; then the answer may be kept for ever")
                    @RequestParam(required = false)
                    @Nullable String v) {
        boolean forEver = v != null && desk.face(id).picture().endsWith("?v=" + v);
        byte[] jpeg =
                switch (pictures.of(id, size)) {
                    case FacePictures.Answer.Jpeg(byte[] bytes) -> bytes;
                    case FacePictures.Answer.NoSuchFace _ -> throw new PeopleRefused.NoSuchFace(id);
                    case FacePictures.Answer.Impossible(String reason) ->
                            throw Problems.facePictureImpossible(reason);
                    case FacePictures.Answer.Later(String reason) ->
                            throw Problems.facePictureLater(reason, RETRY_AFTER);
                };
        return ResponseEntity.ok()
                .cacheControl(
                        forEver
                                ? CacheControl.maxAge(Duration.ofDays(365))
                                        .cachePrivate()
                                        .immutable()
                                : CacheControl.noCache().cachePrivate())
                .header("X-Content-Type-Options", "nosniff")
                .body(jpeg);
    }
}

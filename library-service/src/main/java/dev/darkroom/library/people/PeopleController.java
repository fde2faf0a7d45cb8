package dev.darkroom.library.people;

import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door to people.
@RestController
@RequestMapping(path = "/api/people", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "people")
class PeopleController {
    private final PeopleDesk desk;

    PeopleController(PeopleDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    @Operation(
            operationId = "listPeople",
            summary = "Everybody: by name, then those without one, most faces first")
    PersonList list(
            @Parameter(description = "How many, 1 to 500")
                    @RequestParam(defaultValue = "100")
                    @Min(1)
                    @Max(500)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(description = "Part of a name")
                    @RequestParam(required = false)
                    @Size(max = 200)
                    @Pattern(regexp = "[^\\x00]*", message = "must not contain NUL")
                    @Nullable String q) {
        return desk.list(
                cursor == null ? PeopleCursor.START : PeopleCursor.parse(cursor),
                q == null || q.isBlank() ? null : q.strip(),
                limit);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getPerson", summary = "One person")
    Person get(@PathVariable UUID id) {
        return desk.person(id);
    }

    @GetMapping("/{id}/faces")
    @Operation(
            operationId = "listFacesOfPerson",
            summary = "The faces of a person, those in the newest pictures first")
    FaceList faces(
            @PathVariable UUID id,
            @Parameter(description = "How many, 1 to 500")
                    @RequestParam(defaultValue = "100")
                    @Min(1)
                    @Max(500)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        Position after = cursor == null ? null : Position.ofCursor(cursor);
        Page<Face> page = desk.facesOf(id, after, limit);
        return new FaceList(page.items(), page.next() == null ? null : page.next().cursor());
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "changePerson",
            summary = "Says who somebody is, or which face to show for them",
            description = "What is left out stays as it is; an empty text takes it away.")
    Person change(@PathVariable UUID id, @RequestBody PersonChange change) {
        return desk.change(id, change);
    }

    @PostMapping(path = "/{id}/merge", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "mergePeople",
            summary = "Others are this person too: all their faces become this one's",
            description =
                    "Can be said twice: who is gone already is listed under `absent` in the answer.")
    Merged merge(@PathVariable UUID id, @RequestBody Merge merge) {
        return desk.merge(id, merge.people());
    }

    @PostMapping(path = "/{id}/split", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "splitPerson",
            summary = "Some faces of a person are somebody else's, who is new, or nobody's")
    @ApiResponse(responseCode = "201", description = "The new person")
    @ApiResponse(
            responseCode = "204",
            description = "The faces are nobody's now",
            content = @Content)
    ResponseEntity<Person> split(@PathVariable UUID id, @RequestBody Split split) {
        Optional<Person> other = desk.split(id, split);
        return other.map(person -> ResponseEntity.status(HttpStatus.CREATED).body(person))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}

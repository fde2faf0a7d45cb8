package dev.darkroom.embedding.space;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door for embedding spaces.
@RestController
@RequestMapping("/api/spaces")
class SpacesController {
    private final SpaceDesk desk;

    SpacesController(SpaceDesk desk) {
        this.desk = desk;
    }

    /// A space as it is answered.
    record Answer(
            UUID spaceId,
            String role,
            String modelId,
            int dimension,
            String metric,
            String state,
            String index,
            long vectors,
            long photos,
            double coverage,
            @Nullable Instant activatedAt,
            @Nullable Instant retiredAt) {
        static Answer of(Space space) {
            return new Answer(
                    space.id(),
                    space.spec().role(),
                    space.spec().modelId(),
                    space.spec().dimension(),
                    space.spec().metric(),
                    space.state().wireName(),
                    space.index(),
                    space.vectors(),
                    space.photos(),
                    space.coverage(),
                    space.activatedAt(),
                    space.retiredAt());
        }
    }

    /// @param kind `hnsw`, `ivfflat` or `exact`
    /// @param lists of `ivfflat`
    record Wanted(@Nullable String kind, @Nullable Integer lists) {}

    @GetMapping
    Map<String, List<Answer>> list() {
        return Map.of("items", desk.list().stream().map(Answer::of).toList());
    }

    @GetMapping("/{space}")
    Answer get(@PathVariable String space) {
        return Answer.of(desk.get(space));
    }

    @PostMapping("/{space}/activate")
    Answer activate(@PathVariable String space) {
        return Answer.of(desk.activate(space));
    }

    @PostMapping("/rollback")
    Answer rollback(@RequestParam(defaultValue = "visual") String role) {
        return Answer.of(desk.rollback(role));
    }

    @PostMapping("/{space}/index")
    Answer index(@PathVariable String space, @RequestBody Wanted wanted) {
        return Answer.of(desk.index(space, String.valueOf(wanted.kind()), wanted.lists()));
    }

    /// What it was.
    @DeleteMapping("/{space}")
    Answer drop(@PathVariable String space) {
        return Answer.of(desk.drop(space));
    }

    @ExceptionHandler
    ProblemDetail refused(SpaceRefused refused) {
        HttpStatus status = refused.isUnknown() ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status, String.valueOf(refused.getMessage()));
        problem.setType(
                URI.create(
                        "urn:darkroom:problem:"
                                + (refused.isUnknown() ? "not-found" : "conflict")));
        return problem;
    }
}

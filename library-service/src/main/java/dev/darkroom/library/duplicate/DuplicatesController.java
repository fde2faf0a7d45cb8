package dev.darkroom.library.duplicate;

import dev.darkroom.library.catalogue.AssetItem;
import dev.darkroom.library.catalogue.Catalogue;
import dev.darkroom.library.duplicate.DuplicateGroups.Group;
import dev.darkroom.library.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The door to [DuplicateGroups].
@RestController
@RequestMapping(path = "/api/duplicates", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "search")
class DuplicatesController {
    private final DuplicateGroups groups;
    private final Catalogue catalogue;

    DuplicatesController(DuplicateGroups groups, Catalogue catalogue) {
        this.groups = groups;
        this.catalogue = catalogue;
    }

    @GetMapping
    @Operation(
            operationId = "listDuplicates",
            summary = "Groups of pictures that look the same, for review; nothing is done to them")
    DuplicateList list(
            @Parameter(description = "How many groups, 1 to 100")
                    @RequestParam(defaultValue = "20")
                    @Min(1)
                    @Max(100)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        List<Group> all = groups.all();
        UUID after = cursor == null ? null : newestOf(cursor);
        // Groups stand in the order of their newest asset, so what comes or goes elsewhere
        // neither repeats nor hides one.
        List<Group> rest =
                all.stream()
                        .filter(
                                group ->
                                        after == null
                                                || group.newest()
                                                                .toString()
                                                                .compareTo(after.toString())
                                                        < 0)
                        .toList();
        List<Group> page = rest.subList(0, Math.min(limit, rest.size()));
        return new DuplicateList(
                items(page),
                all.size(),
                rest.size() > limit ? page.getLast().newest().toString() : null);
    }

    private List<DuplicateGroup> items(List<Group> page) {
        Map<UUID, AssetItem> assets =
                catalogue
                        .listed(page.stream().flatMap(group -> group.assets().stream()).toList())
                        .stream()
                        .map(AssetItem::of)
                        .collect(
                                Collectors.toMap(
                                        item -> item.asset().assetId(), Function.identity()));
        return page.stream()
                .map(
                        group ->
                                new DuplicateGroup(
                                        group.distance(),
                                        group.assets().stream()
                                                .filter(assets::containsKey)
                                                .map(assets::get)
                                                .toList()))
                .filter(group -> group.assets().size() > 1)
                .toList();
    }

    private static UUID newestOf(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problems.invalidParameters(
                    "cursor is the `next` of the page before, or left out: " + cursor);
        }
    }
}

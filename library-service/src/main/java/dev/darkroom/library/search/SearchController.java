package dev.darkroom.library.search;

import dev.darkroom.library.catalogue.AssetItem;
import dev.darkroom.library.catalogue.Catalogue;
import dev.darkroom.library.problem.Problems;
import dev.darkroom.schema.AssetType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The door to [Search].
@RestController
@RequestMapping(path = "/api/search", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "search")
class SearchController {
    private static final int MOST_TEXT = 200;
    private static final String NO_NUL = "[^\\x00]*";

    private final Search search;
    private final Catalogue catalogue;

    SearchController(Search search, Catalogue catalogue) {
        this.search = search;
        this.catalogue = catalogue;
    }

    @GetMapping
    @Operation(
            operationId = "search",
            summary = "Assets by words, by likeness, by what is known of them",
            description =
                    """
                    With `q` the best by name, text, camera, tags, people, species and colours, and by meaning where a model \
                    is configured, fused by reciprocal rank. With `similarTo` what looks like that picture, nearest \
                    first, with its `distance`. With neither all that passes the filters, newest first.\
                    """)
    SearchAnswer search(
            HttpServletRequest request,
            @Parameter(description = "Words")
                    @RequestParam(required = false)
                    @Size(max = MOST_TEXT)
                    @Pattern(regexp = NO_NUL, message = "must not contain NUL")
                    @Nullable String q,
            @Parameter(description = "The id of the picture that answers look like")
                    @RequestParam(required = false)
                    @Nullable UUID similarTo,
            @Parameter(description = "Which space says what is alike, such as visual or clip")
                    @RequestParam(required = false)
                    @Pattern(regexp = "[a-z][a-z0-9-]{0,31}")
                    @Nullable String role,
            @Parameter(description = "1 - distance, at least; with similarTo")
                    @RequestParam(required = false)
                    @DecimalMin("-1")
                    @DecimalMax("1")
                    @Nullable Double minSimilarity,
            @Parameter(description = "photo (or image), video, audio or unknown")
                    @RequestParam(required = false)
                    @Nullable AssetType type,
            @Parameter(description = "Taken then or later") @RequestParam(required = false)
                    @Nullable Instant from,
            @Parameter(description = "Taken before then") @RequestParam(required = false)
                    @Nullable Instant to,
            @Parameter(description = "Part of make and model")
                    @RequestParam(required = false)
                    @Size(max = MOST_TEXT)
                    @Pattern(regexp = NO_NUL, message = "must not contain NUL")
                    @Nullable String camera,
            @Parameter(
                            description = "latitude,longitude,kilometres",
                            schema = @Schema(type = "string", example = "48.137,11.575,5"))
                    @RequestParam(required = false)
                    @Nullable Near near,
            @Parameter(description = "In this album") @RequestParam(required = false)
                    @Nullable UUID album,
            @Parameter(description = "With the tag of this name")
                    @RequestParam(required = false)
                    @Size(max = MOST_TEXT)
                    @Pattern(regexp = NO_NUL, message = "must not contain NUL")
                    @Nullable String tag,
            @Parameter(description = "With a face of this person, by their id")
                    @RequestParam(required = false)
                    @Nullable UUID person,
            @Parameter(description = "Compare with every vector, whatever it costs")
                    @RequestParam(defaultValue = "false")
                    boolean exact,
            @Parameter(description = "How the answers were found")
                    @RequestParam(defaultValue = "false")
                    boolean explain,
            @Parameter(description = "How many, 1 to 500")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    @Max(500)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor) {
        SearchQuery query;
        try {
            SearchFilter filter =
                    new SearchFilter(type, from, to, camera, near, album, tag, person);
            query = new SearchQuery(q, similarTo, role, minSimilarity, filter, exact);
        } catch (IllegalArgumentException e) {
            throw Problems.invalidParameters(String.valueOf(e.getMessage()));
        }
        SearchCursor after = cursor == null ? null : SearchCursor.parse(cursor);
        try {
            return answer(request, query, after, limit, explain);
        } catch (NothingToCompare e) {
            throw Problems.nothingToCompare(String.valueOf(e.getMessage()));
        }
    }

    private SearchAnswer answer(
            HttpServletRequest request,
            SearchQuery query,
            @Nullable SearchCursor after,
            int limit,
            boolean explain) {
        Found found = search.find(query, after, limit);
        String next = found.next() == null ? null : found.next().text();
        return new SearchAnswer(
                items(found.hits()),
                next,
                next == null ? null : url(request, next),
                explain ? search.explain(query, after, limit) : null);
    }

    private List<FoundAsset> items(List<Hit> hits) {
        Map<UUID, AssetItem> assets =
                catalogue.listed(hits.stream().map(Hit::assetId).toList()).stream()
                        .map(AssetItem::of)
                        .collect(Collectors.toMap(item -> item.asset().assetId(), item -> item));
        List<FoundAsset> items = new ArrayList<>();
        for (Hit hit : hits) {
            AssetItem asset = assets.get(hit.assetId());
            // One that went into the trash meanwhile is no answer any more.
            if (asset != null) {
                items.add(new FoundAsset(asset, hit.distance()));
            }
        }
        return items;
    }

    private static String url(HttpServletRequest request, String next) {
        String query =
                ServletUriComponentsBuilder.fromRequest(request)
                        .replaceQueryParam("cursor", next)
                        .build()
                        .getQuery();
        return "/api/search?" + query;
    }
}

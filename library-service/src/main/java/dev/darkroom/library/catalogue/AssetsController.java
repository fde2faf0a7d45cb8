package dev.darkroom.library.catalogue;

import dev.darkroom.library.page.Page;
import dev.darkroom.library.page.Position;
import dev.darkroom.library.problem.Problems;
import dev.darkroom.schema.AssetType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/// The door to the [Catalogue].
@RestController
@RequestMapping(path = "/api/assets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "assets")
class AssetsController {
    private final Catalogue catalogue;
    private final Trash trash;

    AssetsController(Catalogue catalogue, Trash trash) {
        this.catalogue = catalogue;
        this.trash = trash;
    }

    @GetMapping
    @Operation(operationId = "listAssets", summary = "The library, newest first, page by page")
    ResponseEntity<AssetList> list(
            @Parameter(description = "How many, 1 to 500")
                    @RequestParam(defaultValue = "50")
                    @Min(1)
                    @Max(500)
                    int limit,
            @Parameter(description = "Where the page before ended: its `next`")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(description = "photo (or image), video, audio or unknown")
                    @RequestParam(required = false)
                    @Nullable AssetType type,
            @Parameter(description = "Part of a file name, or words of name, text and camera")
                    @RequestParam(required = false)
                    @Size(max = AssetFilter.MAX_WORDS)
                    @Pattern(regexp = "[^\\x00]*", message = "must not contain NUL")
                    @Nullable String q,
            @Parameter(description = "What is in the trash, instead of what is not")
                    @RequestParam(defaultValue = "false")
                    boolean trash) {
        AssetFilter filter = new AssetFilter(type, q, trash);
        Position after = cursor == null ? null : Position.ofCursor(cursor);
        Page<ListedAsset> page = catalogue.browse(filter, after, limit);
        Position next = page.next();
        String nextUrl = next == null ? null : url(filter, limit, next);
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (nextUrl != null) {
            response.header(HttpHeaders.LINK, "<" + nextUrl + ">; rel=\"next\"");
        }
        return response.body(
                new AssetList(
                        page.items().stream().map(AssetItem::of).toList(),
                        next == null ? null : next.cursor(),
                        nextUrl));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getAsset", summary = "One asset with its files and its tasks")
    AssetRecord get(
            @Parameter(
                            description = "The asset's UUID or its number",
                            schema = @Schema(type = "string"))
                    @PathVariable("id")
                    AssetRef ref) {
        return catalogue
                .find(ref)
                .map(AssetRecord::of)
                .orElseThrow(() -> Problems.assetNotFound(ref.toString()));
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "trashAsset", summary = "Puts an asset into the trash")
    @ApiResponse(responseCode = "204", description = "It is in the trash", content = @Content)
    ResponseEntity<Void> trash(
            @Parameter(
                            description = "The asset's UUID or its number",
                            schema = @Schema(type = "string"))
                    @PathVariable("id")
                    AssetRef ref) {
        UUID id = catalogue.idOf(ref).orElseThrow(() -> Problems.assetNotFound(ref.toString()));
        if (!trash.put(id)) {
            throw Problems.assetNotFound(ref.toString());
        }
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/restore")
    @Operation(operationId = "restoreAsset", summary = "Takes an asset out of the trash")
    @ApiResponse(responseCode = "204", description = "It is in the library", content = @Content)
    ResponseEntity<Void> restore(
            @Parameter(
                            description = "The asset's UUID or its number",
                            schema = @Schema(type = "string"))
                    @PathVariable("id")
                    AssetRef ref) {
        UUID id = catalogue.idOf(ref).orElseThrow(() -> Problems.assetNotFound(ref.toString()));
        switch (trash.restore(id)) {
            case DONE -> {}
            case NO_SUCH_ASSET -> throw Problems.assetNotFound(ref.toString());
            case FILE_GONE -> throw Problems.fileGone(ref.toString());
            case SAME_CONTENT -> throw Problems.sameContent(ref.toString());
        }
        return ResponseEntity.noContent().build();
    }

    private static String url(AssetFilter filter, int limit, Position next) {
        UriComponentsBuilder url =
                UriComponentsBuilder.fromPath("/api/assets")
                        .queryParam("limit", limit)
                        .queryParam("cursor", next.cursor());
        if (filter.type() != null) {
            url.queryParam("type", filter.type().wireName());
        }
        if (filter.trash()) {
            url.queryParam("trash", true);
        }
        if (filter.words() != null) {
            url.queryParam("q", "{q}");
            return url.encode().buildAndExpand(filter.words()).toUriString();
        }
        return url.build().toUriString();
    }
}

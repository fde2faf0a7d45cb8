package dev.darkroom.library.file;

import dev.darkroom.library.LibraryProperties;
import dev.darkroom.library.catalogue.AssetRef;
import dev.darkroom.library.catalogue.Catalogue;
import dev.darkroom.library.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/// The door to the bytes of thumbnails and originals.
@RestController
@RequestMapping("/api/assets/{id}")
@Tag(name = "files")
class FilesController {
    private static final String ID = "The asset's UUID or its number";
    private static final String VERSION =
            "The asset's version, as in the links; then the answer may be kept for ever";

    private final Catalogue catalogue;
    private final StoredFiles files;
    private final BlobStores stores;
    private final ThumbnailSizes sizes;
    private final LibraryProperties properties;

    FilesController(
            Catalogue catalogue,
            StoredFiles files,
            BlobStores stores,
            ThumbnailSizes sizes,
            LibraryProperties properties) {
        this.catalogue = catalogue;
        this.files = files;
        this.stores = stores;
        this.sizes = sizes;
        this.properties = properties;
    }

    @GetMapping("/thumbnails/{size}")
    @Operation(operationId = "getThumbnail", summary = "A thumbnail's bytes")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "image/*",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", description = "Not modified", content = @Content)
    void thumbnail(
            @Parameter(description = ID, schema = @Schema(type = "string")) @PathVariable
                    AssetRef id,
            @Parameter(description = "A name, or its pixels") @PathVariable String size,
            @Parameter(description = VERSION) @RequestParam(required = false) @Nullable Long v,
            ServletWebRequest request)
            throws IOException {
        String profile =
                sizes.named(size).orElseThrow(() -> Problems.unknownThumbnailSize(size, sizes));
        UUID assetId = assetId(id);
        StoredFile file =
                switch (files.thumbnail(assetId, profile)) {
                    case ThumbnailAnswer.Ready ready -> ready.file();
                    case ThumbnailAnswer.Pending pending ->
                            throw Problems.thumbnailPending(
                                    profile, pending.status(), properties.retryAfter());
                    case ThumbnailAnswer.GivenUp givenUp ->
                            throw Problems.thumbnailGivenUp(
                                    profile, givenUp.status(), givenUp.reason());
                    case ThumbnailAnswer.NotPlanned _ ->
                            throw Problems.thumbnailNotPlanned(profile);
                    case ThumbnailAnswer.NoSuchAsset _ ->
                            throw Problems.assetNotFound(id.toString());
                };
        new FileResponse(file, request).send(v, () -> stores.local(file.storage()));
    }

    @GetMapping("/original")
    @Operation(operationId = "getOriginal", summary = "The original's bytes, whole or a range")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "*/*",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The range that was asked for",
            content =
                    @Content(
                            mediaType = "*/*",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", description = "Not modified", content = @Content)
    void original(
            @Parameter(description = ID, schema = @Schema(type = "string")) @PathVariable
                    AssetRef id,
            @Parameter(description = VERSION) @RequestParam(required = false) @Nullable Long v,
            ServletWebRequest request)
            throws IOException {
        StoredFiles.Original original =
                files.original(assetId(id))
                        .orElseThrow(() -> Problems.assetNotFound(id.toString()));
        FileResponse response = new FileResponse(original.file(), request);
        // Whatever was uploaded is handed out as a download, and never runs as a page of ours.
        response.header("Content-Security-Policy", "default-src 'none'; sandbox");
        response.header(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(original.fileName(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.send(v, () -> stores.local(original.file().storage()));
    }

    @GetMapping("/motion")
    @Operation(
            operationId = "getMotion",
            summary = "The video of a photo that moves, whole or a range")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "video/*",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The range that was asked for",
            content =
                    @Content(
                            mediaType = "video/*",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", description = "Not modified", content = @Content)
    void motion(
            @Parameter(description = ID, schema = @Schema(type = "string")) @PathVariable
                    AssetRef id,
            ServletWebRequest request)
            throws IOException {
        StoredFile video =
                files.motion(assetId(id)).orElseThrow(() -> Problems.noMotion(id.toString()));
        FileResponse response = new FileResponse(video, request);
        response.header("Content-Security-Policy", "default-src 'none'; sandbox");
        response.send(null, () -> stores.local(video.storage()));
    }

    private UUID assetId(AssetRef ref) {
        return catalogue.idOf(ref).orElseThrow(() -> Problems.assetNotFound(ref.toString()));
    }
}

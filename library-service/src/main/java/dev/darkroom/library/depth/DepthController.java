package dev.darkroom.library.depth;

import dev.darkroom.library.LibraryProperties;
import dev.darkroom.library.catalogue.AssetRef;
import dev.darkroom.library.catalogue.Catalogue;
import dev.darkroom.library.depth.DepthReading.Reading;
import dev.darkroom.library.file.BlobStores;
import dev.darkroom.library.file.FileResponse;
import dev.darkroom.library.file.StoredFile;
import dev.darkroom.library.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/// The door to depth maps.
@RestController
@Tag(name = "files")
class DepthController {
    private final Catalogue catalogue;
    private final DepthReading depth;
    private final BlobStores stores;
    private final LibraryProperties properties;

    DepthController(
            Catalogue catalogue,
            DepthReading depth,
            BlobStores stores,
            LibraryProperties properties) {
        this.catalogue = catalogue;
        this.depth = depth;
        this.stores = stores;
        this.properties = properties;
    }

    @GetMapping("/api/assets/{id}/depth")
    @Operation(
            operationId = "getDepthMap",
            summary = "How near everything in a photo is, by a model of the user's",
            description =
                    "Its checksum is verified. One that was evicted, is damaged, or was never made in"
                            + " this format is made while you wait")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "*/*",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "202",
            description = "It is being made: ask again after Retry-After seconds",
            content = @Content)
    @ApiResponse(responseCode = "304", description = "Not modified", content = @Content)
    void depth(
            @Parameter(
                            description = "The asset's UUID or its number",
                            schema = @Schema(type = "string"))
                    @PathVariable
                    AssetRef id,
            @Parameter(
                            description = "16-bit grey PNG, NumPy, raw floats or OpenEXR",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"png", "npy", "raw", "exr"}))
                    @RequestParam(defaultValue = "png")
                    DepthFormat format,
            ServletWebRequest request)
            throws IOException {
        UUID assetId = catalogue.idOf(id).orElseThrow(() -> Problems.assetNotFound(id.toString()));
        switch (depth.read(assetId, format)) {
            case Reading.Ready(StoredFile file) ->
                    new FileResponse(file, request).send(null, () -> stores.local(file.storage()));
            case Reading.NotYet _ -> comeBack(request);
            case Reading.Unavailable(String reason) ->
                    throw Problems.depthUnavailable(reason, properties.retryAfter());
            case Reading.GivenUp(String reason) -> throw Problems.depthGivenUp(reason);
            case Reading.NoSuchAsset _ -> throw Problems.assetNotFound(id.toString());
        }
    }

    private void comeBack(ServletWebRequest request) {
        HttpServletResponse response =
                Objects.requireNonNull(
                        request.getResponse(), "a request of the dispatcher has a response");
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, properties.retryAfter().toSeconds())));
    }
}

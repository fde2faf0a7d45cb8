package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadProblems;
import dev.darkroom.ingest.upload.UploadRefused;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// The door for resumable uploads: tus 1.0.0 at `/api/uploads`.
@RestController
@RequestMapping("/api/uploads")
@Tag(name = "resumable uploads", description = "tus 1.0.0, https://tus.io")
class TusController {
    private static final String ID = "The last part of the upload's address";
    private static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,checksum,termination,expiration";

    private final TusUploads uploads;

    TusController(TusUploads uploads) {
        this.uploads = uploads;
    }

    @RequestMapping(path = "", method = RequestMethod.OPTIONS)
    @Operation(operationId = "describeUploads", summary = "Says what this end of tus can do")
    @ApiResponse(
            responseCode = "204",
            description = "Tus-Version, -Extension, -Max-Size, -Checksum-Algorithm")
    ResponseEntity<Void> capabilities() {
        return capabilitiesOf();
    }

    @Hidden
    @RequestMapping(path = "/{id}", method = RequestMethod.OPTIONS)
    ResponseEntity<Void> capabilitiesOf() {
        return ResponseEntity.noContent()
                .header(RESUMABLE, VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", EXTENSIONS)
                .header("Tus-Max-Size", Long.toString(uploads.maxSize()))
                .header("Tus-Checksum-Algorithm", String.join(",", Checksum.algorithms()))
                .build();
    }

    @RequestMapping(path = "", method = RequestMethod.POST)
    @Operation(
            operationId = "createUpload",
            summary = "Begins an upload, perhaps with its first chunk")
    @Parameter(
            in = ParameterIn.HEADER,
            name = RESUMABLE,
            required = true,
            example = VERSION,
            schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Upload-Length",
            description = "Bytes of the whole file; or Upload-Defer-Length: 1",
            example = "4181234",
            schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Upload-Metadata",
            description =
                    "filename, ownerId, repositoryId, priority, each with its value in base64",
            example = "filename SU1HXzEuanBn",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "201",
            description = "`Location` is the upload's address",
            content = @Content)
    @ApiResponse(responseCode = "400", description = "A header that cannot be read")
    @ApiResponse(responseCode = "412", description = "Another version of tus")
    @ApiResponse(responseCode = "413", description = "Too large")
    @ApiResponse(responseCode = "507", description = "The store is full")
    ResponseEntity<?> create(HttpServletRequest servletRequest, HttpServletResponse response)
            throws UploadRefused, IOException {
        TusRequest request = new TusRequest(servletRequest);
        if (!speaksOurVersion(request, response)) {
            return wrongVersion();
        }
        if (!request.hasChunk() && request.bodyLength() > 0) {
            return wrongType();
        }
        Progress progress =
                uploads.create(
                        UploadMetadata.label(request.metadata()),
                        request.announcedLength(),
                        request.metadata(),
                        request.hasChunk() ? request.body() : null,
                        request.checksum());
        return headers(
                        ResponseEntity.created(URI.create("/api/uploads/" + progress.id())),
                        progress)
                .build();
    }

    @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
    @Operation(operationId = "findUpload", summary = "Says how much of an upload is there")
    @Parameter(
            in = ParameterIn.HEADER,
            name = RESUMABLE,
            required = true,
            example = VERSION,
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "`Upload-Offset`, `Upload-Length`, `Upload-Expires`",
            content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such upload")
    @ApiResponse(responseCode = "410", description = "It has expired")
    @ApiResponse(responseCode = "412", description = "Another version of tus")
    ResponseEntity<?> find(
            @Parameter(description = ID) @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws UploadRefused, IOException {
        return work(id, request, response);
    }

    @RequestMapping(path = "/{id}", method = RequestMethod.PATCH)
    @Operation(
            operationId = "appendToUpload",
            summary = "Appends a chunk; the last one makes the file an asset",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = TusRequest.CHUNK_TYPE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @Parameter(
            in = ParameterIn.HEADER,
            name = RESUMABLE,
            required = true,
            example = VERSION,
            schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Upload-Offset",
            description = "Where the chunk goes: where the upload is",
            required = true,
            example = "0",
            schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Upload-Checksum",
            description = "Algorithm and digest of the chunk, in base64",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "204",
            description = "`Upload-Offset` says how much is there now",
            content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such upload")
    @ApiResponse(responseCode = "409", description = "The upload is at another offset")
    @ApiResponse(responseCode = "410", description = "It has expired")
    @ApiResponse(responseCode = "412", description = "Another version of tus")
    @ApiResponse(responseCode = "415", description = "Not a chunk")
    @ApiResponse(responseCode = "423", description = "Another request works on it")
    @ApiResponse(responseCode = "460", description = "The chunk is not what its checksum says")
    ResponseEntity<?> append(
            @Parameter(description = ID) @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws UploadRefused, IOException {
        return work(id, request, response);
    }

    @RequestMapping(path = "/{id}", method = RequestMethod.DELETE)
    @Operation(operationId = "endUpload", summary = "Ends an upload and frees its bytes")
    @Parameter(
            in = ParameterIn.HEADER,
            name = RESUMABLE,
            required = true,
            example = VERSION,
            schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "204", description = "It is gone", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such upload")
    @ApiResponse(responseCode = "412", description = "Another version of tus")
    @ApiResponse(responseCode = "423", description = "Another request works on it")
    ResponseEntity<?> end(
            @Parameter(description = ID) @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws UploadRefused, IOException {
        return work(id, request, response);
    }

    /// Where a proxy lets nothing else through, `X-HTTP-Method-Override` says which.
    @Hidden
    @RequestMapping(path = "/{id}", method = RequestMethod.POST)
    ResponseEntity<?> override(
            @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws UploadRefused, IOException {
        return work(id, request, response);
    }

    private ResponseEntity<?> work(
            String id, HttpServletRequest servletRequest, HttpServletResponse response)
            throws UploadRefused, IOException {
        TusRequest request = new TusRequest(servletRequest);
        if (!speaksOurVersion(request, response)) {
            return wrongVersion();
        }
        UUID upload = TusRequest.id(id);
        return switch (request.method().toUpperCase(Locale.ROOT)) {
            case "HEAD" -> find(upload);
            case "PATCH" -> append(upload, request);
            case "DELETE" -> terminate(upload);
            default ->
                    ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                            .allow(
                                    HttpMethod.HEAD,
                                    HttpMethod.PATCH,
                                    HttpMethod.DELETE,
                                    HttpMethod.OPTIONS)
                            .build();
        };
    }

    private ResponseEntity<Void> find(UUID id) throws UploadRefused, IOException {
        Progress progress = uploads.find(id);
        ResponseEntity.HeadersBuilder<?> answer =
                headers(ResponseEntity.ok().cacheControl(CacheControl.noStore()), progress);
        if (progress.length() == null) {
            answer.header("Upload-Defer-Length", "1");
        } else {
            answer.header("Upload-Length", progress.length().toString());
        }
        if (!progress.metadata().isEmpty()) {
            answer.header("Upload-Metadata", progress.metadata());
        }
        return answer.build();
    }

    private ResponseEntity<?> append(UUID id, TusRequest request)
            throws UploadRefused, IOException {
        if (!request.hasChunk()) {
            return wrongType();
        }
        Progress progress =
                uploads.append(
                        id, request.offset(), request.length(), request.body(), request.checksum());
        return headers(ResponseEntity.noContent(), progress).build();
    }

    private ResponseEntity<Void> terminate(UUID id) throws UploadRefused, IOException {
        uploads.terminate(id);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity.HeadersBuilder<?> headers(
            ResponseEntity.HeadersBuilder<?> answer, Progress progress) {
        return answer.header("Upload-Offset", Long.toString(progress.offset()))
                .header(
                        "Upload-Expires",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                progress.expiresAt().atOffset(ZoneOffset.UTC)));
    }

    /// Every answer carries our version, refusals included.
    private static boolean speaksOurVersion(TusRequest request, HttpServletResponse response) {
        response.setHeader(RESUMABLE, VERSION);
        return VERSION.equals(request.header(RESUMABLE));
    }

    private static ResponseEntity<Object> wrongVersion() {
        ResponseEntity<Object> answer =
                UploadProblems.answer(
                        UploadProblems.problem(
                                HttpStatus.PRECONDITION_FAILED,
                                "tus-version",
                                "Another version of the protocol",
                                "send the header Tus-Resumable: " + VERSION));
        HttpHeaders headers = new HttpHeaders(answer.getHeaders());
        headers.set("Tus-Version", VERSION);
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    private static ResponseEntity<Object> wrongType() {
        return UploadProblems.answer(
                UploadProblems.problem(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "tus-content-type",
                        "Not a chunk",
                        "send bytes with Content-Type: " + TusRequest.CHUNK_TYPE));
    }
}

package dev.darkroom.ingest.upload.tus;

import dev.darkroom.ingest.upload.UploadProblems;
import dev.darkroom.ingest.upload.UploadRefused;
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
class TusController {
    private static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,checksum,termination,expiration";

    private final TusUploads uploads;

    TusController(TusUploads uploads) {
        this.uploads = uploads;
    }

    @RequestMapping(
            path = {"", "/{id}"},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Void> capabilities() {
        return ResponseEntity.noContent()
                .header(RESUMABLE, VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", EXTENSIONS)
                .header("Tus-Max-Size", Long.toString(uploads.maxSize()))
                .header("Tus-Checksum-Algorithm", String.join(",", Checksum.algorithms()))
                .build();
    }

    @RequestMapping(path = "", method = RequestMethod.POST)
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

    @RequestMapping(
            path = "/{id}",
            method = {
                RequestMethod.HEAD,
                RequestMethod.PATCH,
                RequestMethod.DELETE,
                RequestMethod.POST
            })
    ResponseEntity<?> work(
            @PathVariable String id,
            HttpServletRequest servletRequest,
            HttpServletResponse response)
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

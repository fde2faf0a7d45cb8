package dev.darkroom.ingest.upload;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.ingest.upload.FormOutcome.Accepted;
import dev.darkroom.ingest.upload.FormOutcome.Refused;
import dev.darkroom.schema.Sha256;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The door for files in a form: `POST /api/assets`, `multipart/form-data`, parts named `file`.
///
/// Each file stands for itself: one that is refused does not take back those before it, nor stop
/// those after it.
@RestController
@Tag(name = "uploads")
class FormUploadController {
    private final FormUploads uploads;
    private final MultipartReader reader;

    FormUploadController(FormUploads uploads, MultipartReader reader) {
        this.uploads = uploads;
        this.reader = reader;
    }

    @PostMapping("/api/assets")
    @Operation(
            operationId = "uploadFiles",
            summary = "Takes files in a form; each stands for itself",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "Fields count for the files after them",
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schemaProperties = {
                                                @SchemaProperty(
                                                        name = "ownerId",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        format = "uuid")),
                                                @SchemaProperty(
                                                        name = "repositoryId",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        format = "uuid")),
                                                @SchemaProperty(
                                                        name = "priority",
                                                        schema =
                                                                @Schema(
                                                                        type = "integer",
                                                                        minimum = "1",
                                                                        maximum = "10")),
                                                @SchemaProperty(
                                                        name = "file",
                                                        schema =
                                                                @Schema(
                                                                        type = "string",
                                                                        format = "binary"))
                                            })))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "The same key and bytes are the same asset",
            schema = @Schema(type = "string"))
    @Parameter(
            in = ParameterIn.HEADER,
            name = ClaimedDigest.REPR_DIGEST,
            description =
                    "`sha-256=:<base64>:` of the only file (RFC 9530); X-Content-SHA256 takes it in hex",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "202",
            description = "Durably kept and announced; of several files, `files` says which",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", description = "No form, no file, or a field that is none")
    @ApiResponse(responseCode = "413", description = "Too large")
    @ApiResponse(responseCode = "422", description = "The bytes are not what their digest says")
    @ApiResponse(
            responseCode = "503",
            description = "Kafka does not answer; `Retry-After` says when")
    @ApiResponse(responseCode = "507", description = "The store is full; `Retry-After` says when")
    ResponseEntity<Object> upload(HttpServletRequest request) throws IOException, UploadRefused {
        List<FormOutcome> outcomes = new ArrayList<>();
        try {
            reader.read(
                    request,
                    file -> {
                        outcomes.add(outcomeOf(file, request, outcomes));
                        return !FormOutcome.isOneTooLarge(outcomes);
                    });
        } catch (UploadRefused malformed) {
            if (outcomes.isEmpty()) {
                throw malformed;
            }
            outcomes.add(new Refused("", UploadProblems.of(malformed)));
        } catch (IOException brokenOff) {
            outcomes.add(new Refused("", UploadProblems.of(interrupted(brokenOff))));
        }
        return answer(outcomes);
    }

    private FormOutcome outcomeOf(
            MultipartReader.FilePart file, HttpServletRequest request, List<FormOutcome> before) {
        @Nullable Refused hopeless = FormOutcome.hopeless(before);
        if (hopeless != null) {
            return new Refused(file.fileName(), hopeless.problem());
        }
        try {
            return new Accepted(accept(file, request, before.isEmpty()));
        } catch (UploadRefused refused) {
            return new Refused(file.fileName(), UploadProblems.of(refused));
        } catch (DependencyDown down) {
            return new Refused(file.fileName(), UploadProblems.of(down));
        } catch (IOException failure) {
            return new Refused(file.fileName(), UploadProblems.of(failure));
        }
    }

    private AcceptedUpload accept(
            MultipartReader.FilePart file, HttpServletRequest request, boolean isFirst)
            throws UploadRefused, IOException {
        Map<String, String> fields = file.fields();
        UploadLabel label =
                UploadLabel.parse(
                        file.fileName(),
                        fields.get("ownerId"),
                        fields.get("repositoryId"),
                        fields.get("priority"));
        return uploads.accept(
                file.item().getInputStream(),
                label,
                claimed(file, request, isFirst),
                request.getHeader("Idempotency-Key"));
    }

    /// A digest in the part's own headers, or else in the request's, where it can only mean one
    /// file.
    private static @Nullable Sha256 claimed(
            MultipartReader.FilePart file, HttpServletRequest request, boolean isFirst)
            throws UploadRefused {
        Sha256 own =
                ClaimedDigest.parse(
                        file.header(ClaimedDigest.REPR_DIGEST),
                        file.header(ClaimedDigest.CONTENT_SHA256));
        Sha256 common =
                ClaimedDigest.parse(
                        request.getHeader(ClaimedDigest.REPR_DIGEST),
                        request.getHeader(ClaimedDigest.CONTENT_SHA256));
        if (own == null && common != null && !isFirst) {
            throw new UploadRefused(
                    UploadRefused.Reason.INVALID,
                    "a digest in the request's header can only mean one file:"
                            + " give each part its own");
        }
        return own == null ? common : own;
    }

    private static ResponseEntity<Object> answer(List<FormOutcome> outcomes) throws UploadRefused {
        if (outcomes.isEmpty()) {
            throw new UploadRefused(
                    UploadRefused.Reason.INVALID,
                    "the form has no file: send at least one part named \"file\"");
        }
        if (outcomes.size() == 1) {
            return switch (outcomes.getFirst()) {
                case Accepted accepted -> ResponseEntity.accepted().body(accepted.toJson());
                case Refused refused -> UploadProblems.answer(refused.problem());
            };
        }
        List<Map<String, Object>> files = outcomes.stream().map(FormOutcome::toJson).toList();
        if (outcomes.stream().anyMatch(Accepted.class::isInstance)) {
            return ResponseEntity.accepted().body(Map.of("files", files));
        }
        ProblemDetail first = ((Refused) outcomes.getFirst()).problem();
        ProblemDetail all =
                UploadProblems.copyOf(first, "none of the files was accepted: see \"files\"");
        all.setProperty("files", files);
        return UploadProblems.answer(all);
    }

    private static UploadRefused interrupted(IOException cause) {
        return new UploadRefused(
                UploadRefused.Reason.INTERRUPTED,
                "the request broke off: send the files again that were not accepted",
                cause);
    }
}

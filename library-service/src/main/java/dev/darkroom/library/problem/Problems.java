package dev.darkroom.library.problem;

import dev.darkroom.library.file.ThumbnailSizes;
import dev.darkroom.schema.TaskStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// The problems of this API. Each has a type of its own, and a detail that says what to do.
public final class Problems {
    private static final String TYPES = "urn:darkroom:problem:";

    private Problems() {}

    static ProblemDetail of(HttpStatus status, String type, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + type));
        return problem;
    }

    /// The type for a status that no problem of ours explains better, such as `not-acceptable`.
    static URI typeOf(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String reason = known == null ? "status-" + status.value() : known.getReasonPhrase();
        return URI.create(TYPES + reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    }

    /// Nothing has this id or number.
    public static ErrorResponseException assetNotFound(String ref) {
        return exception(
                HttpStatus.NOT_FOUND,
                "asset-not-found",
                "There is no asset "
                        + ref
                        + ". It may have been removed, or its upload may not be through yet;"
                        + " GET /api/assets lists what is there.");
    }

    /// An asset in the trash whose file is gone.
    public static ErrorResponseException fileGone(String ref) {
        return exception(
                HttpStatus.CONFLICT,
                "file-gone",
                "The file of "
                        + ref
                        + " is not there any more, or holds something else. The asset comes back by"
                        + " itself when the file does.");
    }

    /// An asset in the trash whose content is in the library already.
    public static ErrorResponseException sameContent(String ref) {
        return exception(
                HttpStatus.CONFLICT,
                "same-content",
                "Another asset with the content of "
                        + ref
                        + " is in the library. Put that one into the trash first.");
    }

    /// The thumbnail is on its way.
    public static ErrorResponseException thumbnailPending(
            String size, TaskStatus status, Duration retryAfter) {
        ErrorResponseException problem =
                exception(
                        HttpStatus.NOT_FOUND,
                        "thumbnail-pending",
                        "The thumbnail "
                                + size
                                + " is not made yet: its task is "
                                + status.wireName()
                                + ". Try again later.");
        retryLater(problem.getHeaders(), retryAfter);
        return problem;
    }

    /// The thumbnail will not come by itself.
    public static ErrorResponseException thumbnailGivenUp(
            String size, TaskStatus status, String reason) {
        ErrorResponseException problem =
                exception(
                        HttpStatus.NOT_FOUND,
                        "thumbnail-given-up",
                        "The thumbnail "
                                + size
                                + " will not be made, its task is "
                                + status.wireName()
                                + ": "
                                + reason);
        problem.getBody().setProperty("reason", reason);
        return problem;
    }

    /// No task for it, as with an audio track.
    public static ErrorResponseException thumbnailNotPlanned(String size) {
        return exception(
                HttpStatus.NOT_FOUND,
                "thumbnail-not-planned",
                "This asset has no thumbnail "
                        + size
                        + " and no task that will make one. GET the asset to see which it has.");
    }

    /// There is no model, or it cannot be asked now.
    public static ErrorResponseException depthUnavailable(String reason, Duration retryAfter) {
        ErrorResponseException problem =
                exception(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "depth-unavailable",
                        "There is no such depth map, and none can be made now: " + reason);
        retryLater(problem.getHeaders(), retryAfter);
        return problem;
    }

    /// No depth map comes of this asset.
    public static ErrorResponseException depthGivenUp(String reason) {
        return exception(
                HttpStatus.NOT_FOUND,
                "depth-given-up",
                "This asset has no depth map and will get none: " + reason);
    }

    /// The photo stands still.
    public static ErrorResponseException noMotion(String asset) {
        return exception(
                HttpStatus.NOT_FOUND,
                "no-motion",
                "No video belongs to the asset "
                        + asset
                        + ". Those that have one name it as links.motion.");
    }

    /// The size is none of the profiles.
    public static ErrorResponseException unknownThumbnailSize(String size, ThumbnailSizes sizes) {
        return exception(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "There is no thumbnail size '" + size + "'. The sizes are " + sizes + ".");
    }

    /// Parameters that are right one by one, and not together.
    public static ErrorResponseException invalidParameters(String detail) {
        return exception(HttpStatus.BAD_REQUEST, "invalid-parameter", detail);
    }

    /// A picture cannot be compared with others, or not yet.
    public static ErrorResponseException nothingToCompare(String detail) {
        return exception(HttpStatus.CONFLICT, "nothing-to-compare", detail);
    }

    /// Nobody has this id.
    public static ErrorResponseException personNotFound(String detail) {
        return exception(HttpStatus.NOT_FOUND, "person-not-found", detail);
    }

    /// No face has this id.
    public static ErrorResponseException faceNotFound(String detail) {
        return exception(HttpStatus.NOT_FOUND, "face-not-found", detail);
    }

    /// A face is another's than the request says.
    public static ErrorResponseException notTheirFace(String detail) {
        return exception(HttpStatus.CONFLICT, "not-their-face", detail);
    }

    /// People and faces of different owners.
    public static ErrorResponseException otherLibrary(String detail) {
        return exception(HttpStatus.CONFLICT, "other-library", detail);
    }

    /// The picture of a face will not come by itself.
    public static ErrorResponseException facePictureImpossible(String reason) {
        return exception(
                HttpStatus.NOT_FOUND,
                "face-picture-impossible",
                "No picture of this face can be made: " + reason);
    }

    /// Nobody cuts out faces just now.
    public static ErrorResponseException facePictureLater(String reason, Duration retryAfter) {
        ErrorResponseException problem =
                exception(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "face-picture-unavailable",
                        "embedding-worker, which cuts faces out of pictures, does not answer: "
                                + reason
                                + ". Try again later.");
        retryLater(problem.getHeaders(), retryAfter);
        return problem;
    }

    /// The range begins after the end.
    public static ErrorResponseException rangeNotSatisfiable(@Nullable String range, long length) {
        ErrorResponseException problem =
                exception(
                        HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                        "range-not-satisfiable",
                        "The file has " + length + " bytes, so there is no range " + range + ".");
        problem.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
        return problem;
    }

    static void retryLater(HttpHeaders headers, Duration after) {
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds())));
    }

    private static ErrorResponseException exception(HttpStatus status, String type, String detail) {
        return new ErrorResponseException(status, of(status, type, detail), null);
    }
}

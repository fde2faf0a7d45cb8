package dev.darkroom.ingest.upload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/// What became of one file of a form.
sealed interface FormOutcome {
    /// The file as it stands in the answer.
    Map<String, Object> toJson();

    /// It is ours.
    record Accepted(AcceptedUpload upload) implements FormOutcome {
        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("assetId", upload.assetId());
            json.put("filename", upload.fileName());
            json.put("size", upload.size());
            json.put("sha256", upload.sha256().hex());
            json.put("links", Map.of("asset", "/api/assets/" + upload.assetId()));
            return json;
        }
    }

    /// It is not.
    ///
    /// @param fileName as the client wrote it; empty when the request broke between two files
    record Refused(String fileName, ProblemDetail problem) implements FormOutcome {
        @Override
        public Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("filename", fileName);
            json.put("problem", problem);
            return json;
        }
    }

    /// The refusal that every further file would meet too, since Kafka is away or the store full.
    static @Nullable Refused hopeless(List<FormOutcome> outcomes) {
        for (FormOutcome outcome : outcomes) {
            if (outcome instanceof Refused refused && isHopeless(refused.problem().getStatus())) {
                return refused;
            }
        }
        return null;
    }

    /// Whether there is one file so far and it is too large. Reading on would mean to swallow the
    /// rest of it, however long, before the client learns so.
    static boolean isOneTooLarge(List<FormOutcome> outcomes) {
        return outcomes.size() == 1
                && outcomes.getFirst() instanceof Refused refused
                && refused.problem().getStatus() == HttpStatus.CONTENT_TOO_LARGE.value();
    }

    private static boolean isHopeless(int status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE.value()
                || status == HttpStatus.INSUFFICIENT_STORAGE.value();
    }
}

package dev.darkroom.library.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A face, as JSON.
///
/// @param personId whose it is, absent where nobody knows
/// @param name the person's, absent until somebody says it
/// @param confidence 0 to 1: how sure the model was that this is a face
/// @param confirmed whether somebody said whose it is, or that it is nobody's
/// @param ignored whether somebody said that it does not matter
/// @param takenAt when the picture was taken, or else uploaded
/// @param picture the face alone, as a JPEG; may be kept for ever
/// @param asset the picture that it is in
@JsonInclude(Include.NON_NULL)
public record Face(
        UUID faceId,
        UUID assetId,
        @Nullable UUID personId,
        @Nullable String name,
        Box box,
        BigDecimal confidence,
        boolean confirmed,
        boolean ignored,
        Instant takenAt,
        String picture,
        String asset) {}

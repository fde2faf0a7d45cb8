package dev.darkroom.library.sorting;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// When faces are taken for one person's.
///
/// @param enabled whether new faces are sorted into people by themselves; of several instances of
///   library-service one does it at a time
/// @param maxDistance the cosine distance up to which two faces may be one person's: less gives
///   more people, more of them twice; more gives fewer, more of them mixed
/// @param minFaces how many faces must be near each other to become a person
/// @param neighbours how many of the nearest faces are looked at for each
/// @param batchSize how many faces are compared in one transaction; what people say waits for it
@Validated
@ConfigurationProperties(prefix = "darkroom.sorting", ignoreUnknownFields = false)
public record SortingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("0.5") double maxDistance,
        @DefaultValue("3") int minFaces,
        @DefaultValue("100") @Min(2) @Max(1000) int neighbours,
        @DefaultValue("50") @Min(1) @Max(1000) int batchSize) {
    WhoIsWho.Rules rules() {
        return new WhoIsWho.Rules(maxDistance, minFaces);
    }
}

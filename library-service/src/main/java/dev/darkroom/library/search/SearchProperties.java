package dev.darkroom.library.search;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// When a search trusts an index.
///
/// @param efSearch how many candidates an HNSW index keeps: more find more, and take longer; larger
///   spaces than a hundred thousand get more by themselves
/// @param exactUpTo when no more assets than this pass a filter, they are compared one by one
/// @param exactAfter answers so deep are found by comparing one by one
/// @param wordsUrl embedding-worker, which turns words into vectors where a model of the user's
///   does
/// @param wordsPatience how long that may take; without it words are looked up all the same
@Validated
@ConfigurationProperties(prefix = "darkroom.search", ignoreUnknownFields = false)
public record SearchProperties(
        @DefaultValue("200") @Min(1) @Max(1000) int efSearch,
        @DefaultValue("10000") @Min(0) int exactUpTo,
        @DefaultValue("1000") @Min(0) int exactAfter,
        @DefaultValue("http://127.0.0.1:7703") URI wordsUrl,
        @DefaultValue("2s") Duration wordsPatience) {}

package dev.darkroom.library.people;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Where pictures of faces come from.
///
/// @param picturesUrl embedding-worker, which cuts them out
/// @param picturesPatience how long that may take
@Validated
@ConfigurationProperties(prefix = "darkroom.people", ignoreUnknownFields = false)
public record PeopleProperties(
        @DefaultValue("http://127.0.0.1:7703") URI picturesUrl,
        @DefaultValue("20s") Duration picturesPatience) {}

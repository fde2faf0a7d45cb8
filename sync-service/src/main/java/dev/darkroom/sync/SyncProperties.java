package dev.darkroom.sync;

import dev.darkroom.sync.cdc.CdcProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of sync-service.
///
/// @param cdc the change streams
@ConfigurationProperties(prefix = "darkroom.sync", ignoreUnknownFields = false)
public record SyncProperties(@DefaultValue CdcProperties cdc) {}

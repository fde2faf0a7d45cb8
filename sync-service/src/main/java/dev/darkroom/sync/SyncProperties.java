package dev.darkroom.sync;

import dev.darkroom.sync.cdc.CdcProperties;
import dev.darkroom.sync.folders.FolderProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of sync-service.
///
/// @param cdc the change streams
/// @param folders the watched folders
@ConfigurationProperties(prefix = "darkroom.sync", ignoreUnknownFields = false)
public record SyncProperties(
        @DefaultValue CdcProperties cdc, @DefaultValue FolderProperties folders) {}

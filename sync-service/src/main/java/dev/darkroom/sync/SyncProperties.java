package dev.darkroom.sync;

import dev.darkroom.sync.cdc.CdcProperties;
import dev.darkroom.sync.cdc.repair.ReconcilerProperties;
import dev.darkroom.sync.folders.FolderProperties;
import dev.darkroom.sync.streams.StreamsProperties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The settings of sync-service.
///
/// @param cdc the change streams
/// @param reconciler what compares them with the tables
/// @param streams the change streams over HTTP
/// @param folders the watched folders
@ConfigurationProperties(prefix = "darkroom.sync", ignoreUnknownFields = false)
public record SyncProperties(
        @DefaultValue CdcProperties cdc,
        @DefaultValue ReconcilerProperties reconciler,
        @DefaultValue StreamsProperties streams,
        @DefaultValue FolderProperties folders) {}

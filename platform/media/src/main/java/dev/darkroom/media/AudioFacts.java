package dev.darkroom.media;

import org.jspecify.annotations.Nullable;

/// What a sound file says about its sound and its music, cleaned.
///
/// @param title null when it has none; the file's name stands for it then
/// @param year 1800 to 2100
/// @param track its number on the album, positive
/// @param channels 1 to 16
/// @param sampleRate samples per second
/// @param bitrate bits per second
/// @param format as people say it: `MP3`, `FLAC`, `Opus`
public record AudioFacts(
        @Nullable String title,
        @Nullable String artist,
        @Nullable String album,
        @Nullable String albumArtist,
        @Nullable String genre,
        @Nullable Integer year,
        @Nullable Integer track,
        @Nullable Integer channels,
        @Nullable Integer sampleRate,
        @Nullable Integer bitrate,
        String format) {}

package dev.darkroom.media.child.ffmpeg;

/// A short animation, upright.
///
/// @param webp the file's bytes
@SuppressWarnings("ArrayRecordComponent") // handed on; never compared
public record Animation(byte[] webp, int width, int height, int frames) {}

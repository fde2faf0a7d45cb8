package dev.darkroom.library.catalogue;

/// One thumbnail of an asset, without its bytes.
///
/// @param size the profile's name
/// @param mimeType of its bytes; the loop of a video is an animation
/// @param width pixels
/// @param height pixels
/// @param version the version of the asset it was made from
public record Thumbnail(String size, String mimeType, int width, int height, long version) {}

package dev.darkroom.inference.picture;

/// A rectangle of a picture, in its pixels.
record Window(int x, int y, int width, int height) {}

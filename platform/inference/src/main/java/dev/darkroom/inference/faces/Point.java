package dev.darkroom.inference.faces;

/// A place in a picture, in its pixels.
public record Point(double x, double y) {}

package dev.darkroom.library.people;

import java.math.BigDecimal;

/// Where a face is, in parts of the upright picture: 0 is its left or upper edge, 1 the other.
public record Box(BigDecimal left, BigDecimal top, BigDecimal width, BigDecimal height) {}

package dev.darkroom.library.catalogue;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Where a photo was taken.
///
/// @param latitude degrees, WGS 84, north is positive
/// @param longitude degrees, WGS 84, east is positive
/// @param altitude metres above sea level
public record Location(BigDecimal latitude, BigDecimal longitude, @Nullable BigDecimal altitude) {}

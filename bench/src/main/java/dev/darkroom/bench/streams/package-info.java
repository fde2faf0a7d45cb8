/// The change streams, measured against a bare relay and against Debezium.
@NullMarked
package dev.darkroom.bench.streams;

import org.jspecify.annotations.NullMarked;

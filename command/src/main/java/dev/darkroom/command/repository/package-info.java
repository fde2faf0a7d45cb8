/// Repositories over ingest-service's HTTP door.
@NullMarked
package dev.darkroom.command.repository;

import org.jspecify.annotations.NullMarked;

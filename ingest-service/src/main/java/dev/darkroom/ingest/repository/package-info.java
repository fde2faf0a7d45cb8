/// Which folders are repositories, and how each is kept: `/api/repositories`.
@NullMarked
package dev.darkroom.ingest.repository;

import org.jspecify.annotations.NullMarked;

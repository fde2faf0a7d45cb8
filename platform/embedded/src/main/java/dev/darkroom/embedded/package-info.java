/// A real Kafka broker and a real PostgreSQL with pgvector, started from Java: for `up` and for
/// tests, not for a cluster.
///
/// `Backends` is the way in, `TestBackends` the way in for tests. Everything else is how.
@NullMarked
package dev.darkroom.embedded;

import org.jspecify.annotations.NullMarked;

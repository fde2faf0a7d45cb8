/// Tests of the whole house: every service, a real Kafka, a real PostgreSQL.
@NullUnmarked
package dev.darkroom.house;

import org.jspecify.annotations.NullUnmarked;

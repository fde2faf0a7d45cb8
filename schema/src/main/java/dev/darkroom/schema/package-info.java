/// The agreement between Darkroom's services: events, topics, storage addresses, tables.
@NullMarked
package dev.darkroom.schema;

import org.jspecify.annotations.NullMarked;

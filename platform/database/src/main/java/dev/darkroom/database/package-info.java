/// Reaching PostgreSQL: roles, migrations in two tracks, pools, named statements.
@NullMarked
package dev.darkroom.database;

import org.jspecify.annotations.NullMarked;

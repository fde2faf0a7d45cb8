/// Rows as PostgreSQL prints them => the records of `cdc.<table>`.
///
/// Knows neither the log nor Kafka's clients' state: whoever has a table's shape and the texts of
/// its columns gets the same bytes, be it from the log or from a query.
@NullMarked
package dev.darkroom.sync.cdc.row;

import org.jspecify.annotations.NullMarked;

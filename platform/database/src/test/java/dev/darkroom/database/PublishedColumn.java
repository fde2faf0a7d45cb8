package dev.darkroom.database;

import java.util.List;

/// A column of a change stream, as PostgreSQL's catalogue describes it.
///
/// @param type its type's name in `pg_type`, that of the elements for an array
/// @param declared its type as it was declared, such as `numeric(12,3)`
/// @param maxLength characters of a `varchar`, 0 where there is no limit
/// @param canBeLarge whether PostgreSQL may keep it outside the row, and an update may leave it out
/// @param values all that it can be, where an enum or a check says so; otherwise empty
/// @param comment empty where there is none
record PublishedColumn(
        String name,
        String type,
        boolean isArray,
        String declared,
        int maxLength,
        boolean isNullable,
        boolean canBeLarge,
        List<String> values,
        String comment) {
    PublishedColumn {
        values = List.copyOf(values);
    }
}

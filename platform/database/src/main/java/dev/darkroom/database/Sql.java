package dev.darkroom.database;

/// One statement of the project, with named parameters (`:assetId`).
///
/// Every statement stands in a `static final Sql` field, next to the method that runs it. A test
/// finds those fields and prepares each against the migrated schema as the role that runs it, so a
/// wrong statement fails the build (R26).
public record Sql(String text) {
    public Sql {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the statement is empty");
        }
    }
}

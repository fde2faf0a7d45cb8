package dev.darkroom.sync.folders;

import dev.darkroom.database.Sql;
import dev.darkroom.sync.folders.records.Contents;
import dev.darkroom.sync.folders.records.Operations;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where a repository stands, as anybody may ask.
///
/// @param holder the instance that keeps it now, or null
/// @param generation of its last operation
/// @param paused why nothing is done, or null
/// @param pending files whose content has to be read
/// @param unreadable those of them that could not be read, the first hundred
/// @param operations the last ten
public record RepositoryStatus(
        UUID repositoryId,
        String name,
        String path,
        boolean watched,
        @Nullable String holder,
        @Nullable Instant leaseUntil,
        long generation,
        @Nullable String paused,
        long files,
        long pending,
        List<Contents.Failure> unreadable,
        List<Operations.Operation> operations) {
    static final Sql FIND =
            new Sql(
                    """
                    select r.repository_id, r.name, r.path, r.watched, s.generation, s.paused, s.lease_until,
                        case when s.lease_until > now() then s.lease_holder end as holder,
                        (select count(*) from file_records f where f.repository_id = r.repository_id) as files
                    from repositories r left join repository_sync s using (repository_id)
                    where r.repository_id::text = :ref or r.name = :ref
                    order by r.created_at limit 1
                    """);

    private static final int FAILURES = 100;
    private static final int OPERATIONS = 10;

    public RepositoryStatus {
        unreadable = List.copyOf(unreadable);
        operations = List.copyOf(operations);
    }

    /// @param ref the repository's id or name
    static Optional<RepositoryStatus> find(JdbcClient jdbc, String ref) {
        return jdbc.sql(FIND.text())
                .param("ref", ref)
                .query(
                        (row, _) -> {
                            UUID id = row.getObject("repository_id", UUID.class);
                            Contents contents = new Contents(jdbc, id);
                            String holder = row.getString("holder");
                            return new RepositoryStatus(
                                    id,
                                    row.getString("name"),
                                    row.getString("path"),
                                    row.getBoolean("watched"),
                                    holder,
                                    holder == null
                                            ? null
                                            : row.getObject("lease_until", OffsetDateTime.class)
                                                    .toInstant(),
                                    row.getLong("generation"),
                                    row.getString("paused"),
                                    row.getLong("files"),
                                    contents.waiting().files(),
                                    contents.failures(FAILURES),
                                    new Operations(jdbc).list(id, null, OPERATIONS));
                        })
                .optional();
    }
}

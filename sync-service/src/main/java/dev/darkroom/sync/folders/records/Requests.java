package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What somebody asked of whichever instance keeps a repository: `sync_requests`. So every instance
/// answers for every repository.
public final class Requests {
    static final Sql ASK =
            new Sql(
                    """
                    insert into sync_requests (repository_id, kind, operation_id)
                    values (:repositoryId::uuid, :kind, :operation::bigint)
                    returning request_id
                    """);

    static final Sql OPEN =
            new Sql(
                    """
                    select request_id, repository_id, kind, operation_id from sync_requests
                    where answer is null and repository_id = any(:repositories::uuid[])
                        and request_id <> all(:known::bigint[])
                    order by request_id
                    """);

    static final Sql ANSWER =
            new Sql("update sync_requests set answer = :answer::jsonb where request_id = :id");

    static final Sql ANSWER_OF =
            new Sql("select answer::text from sync_requests where request_id = :id");

    static final Sql PRUNE =
            new Sql("delete from sync_requests where created_at < now() - interval '1 hour'");

    private final JdbcClient jdbc;

    public Requests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is asked.
    public enum Kind {
        SCAN,
        PLAN,
        CONFIRM,
        UNDO;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A question without an answer.
    ///
    /// @param operation to confirm or to undo
    public record Request(long id, UUID repositoryId, Kind kind, @Nullable Long operation) {}

    /// Asks.
    ///
    /// @return the request's number
    public long ask(UUID repositoryId, Kind kind, @Nullable Long operation) {
        return jdbc.sql(ASK.text())
                .param("repositoryId", repositoryId.toString())
                .param("kind", kind.wireName())
                .param("operation", operation)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /// Questions about these repositories, without those that are known already.
    public List<Request> open(Collection<UUID> repositories, Collection<Long> known) {
        return jdbc.sql(OPEN.text())
                .param(
                        "repositories",
                        repositories.stream().map(UUID::toString).toArray(String[]::new))
                .param("known", known.stream().mapToLong(Long::longValue).toArray())
                .query(
                        (row, _) ->
                                new Request(
                                        row.getLong(1),
                                        row.getObject(2, UUID.class),
                                        Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                        row.getObject(4, Long.class)))
                .list();
    }

    /// Answers.
    ///
    /// @param answer JSON
    public void answer(long id, String answer) {
        jdbc.sql(ANSWER.text()).param("id", id).param("answer", answer).update();
    }

    /// The answer, as JSON, once it is there.
    public Optional<String> answerOf(long id) {
        return jdbc.sql(ANSWER_OF.text())
                .param("id", id)
                .query((row, _) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(answer -> answer);
    }

    public void prune() {
        jdbc.sql(PRUNE.text()).update();
    }
}

package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Leases;
import dev.darkroom.sync.folders.records.Operations;
import dev.darkroom.sync.folders.records.Requests;
import dev.darkroom.sync.folders.scan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What operators ask, answered by any instance: what has to be done by the one that keeps the
/// repository goes there through the database, and its answer comes back the same way.
public final class SyncDesk {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;
    private final FolderProperties properties;

    public SyncDesk(DataSource dataSource, FolderProperties properties) {
        this.jdbc = JdbcClient.create(dataSource);
        this.properties = properties;
    }

    /// Where a repository stands.
    ///
    /// @param ref id or name
    public RepositoryStatus repository(String ref) {
        return RepositoryStatus.find(jdbc, ref)
                .orElseThrow(
                        () ->
                                new Refused(
                                        Refused.Reason.NOT_FOUND,
                                        "there is no repository "
                                                + ref
                                                + "; ./darkroom repository list shows them"));
    }

    public Operations.Operation operation(long id) {
        return new Operations(jdbc)
                .find(id)
                .orElseThrow(
                        () ->
                                new Refused(
                                        Refused.Reason.NOT_FOUND,
                                        "there is no operation "
                                                + id
                                                + "; ./darkroom sync operations shows the last"));
    }

    /// The newest operations.
    ///
    /// @param ref a repository's id or name, or null for all
    public List<Operations.Operation> operations(
            @Nullable String ref, @Nullable String status, int limit) {
        UUID repository = ref == null ? null : repository(ref).repositoryId();
        return new Operations(jdbc).list(repository, status, Math.clamp(limit, 1, MOST));
    }

    /// Has the whole folder compared.
    ///
    /// @return the operation, which has begun
    public Operations.Operation scan(String ref) throws InterruptedException {
        RepositoryStatus repository = keptRepository(ref);
        String paused = repository.paused();
        if (paused != null) {
            throw new Refused(
                    Refused.Reason.CONFLICT,
                    "repository "
                            + repository.name()
                            + " is paused: "
                            + paused
                            + ". Let it go on with: ./darkroom sync resume "
                            + repository.name());
        }
        return operation(ask(repository.repositoryId(), Requests.Kind.SCAN, null));
    }

    /// Says what comparing the whole folder would do.
    public Plan plan(String ref) throws InterruptedException {
        Answers.Answer answer =
                answer(keptRepository(ref).repositoryId(), Requests.Kind.PLAN, null);
        return Objects.requireNonNull(answer.plan());
    }

    /// Does the removals that an operation holds.
    public Operations.Operation confirm(long id) throws InterruptedException {
        UUID repository = keptRepository(operation(id)).repositoryId();
        return operation(ask(repository, Requests.Kind.CONFIRM, id));
    }

    /// Takes an operation back.
    ///
    /// @return the operation that did
    public Operations.Operation undo(long id) throws InterruptedException {
        UUID repository = keptRepository(operation(id)).repositoryId();
        return operation(ask(repository, Requests.Kind.UNDO, id));
    }

    /// Lets a paused repository go on.
    public RepositoryStatus resume(String ref) {
        RepositoryStatus repository = repository(ref);
        if (!new Leases(jdbc).resume(repository.repositoryId())) {
            throw new Refused(
                    Refused.Reason.CONFLICT, "repository " + repository.name() + " is not paused");
        }
        return repository(ref);
    }

    private RepositoryStatus keptRepository(Operations.Operation operation)
            throws InterruptedException {
        return keptRepository(operation.repositoryId().toString());
    }

    /// Waits for somebody to keep it: after a crash that takes as long as a lease.
    private RepositoryStatus keptRepository(String ref) throws InterruptedException {
        long deadline = System.nanoTime() + properties.lease().multipliedBy(3).toNanos();
        while (true) {
            RepositoryStatus repository = repository(ref);
            if (!repository.watched()) {
                throw new Refused(
                        Refused.Reason.CONFLICT,
                        "repository "
                                + repository.name()
                                + " is not watched, so nobody keeps it in step; turn it on with:"
                                + " ./darkroom repository set "
                                + repository.name()
                                + " --watched");
            }
            if (repository.holder() != null) {
                return repository;
            }
            if (System.nanoTime() > deadline) {
                throw new Refused(
                        Refused.Reason.UNAVAILABLE,
                        "no instance of sync-service keeps repository "
                                + repository.name()
                                + "; is darkroom.sync.folders.enabled false everywhere?");
            }
            Thread.sleep(LOOK);
        }
    }

    private long ask(UUID repository, Requests.Kind kind, @Nullable Long operation)
            throws InterruptedException {
        return Objects.requireNonNull(answer(repository, kind, operation).operation());
    }

    private Answers.Answer answer(UUID repository, Requests.Kind kind, @Nullable Long operation)
            throws InterruptedException {
        Requests requests = new Requests(jdbc);
        long id = requests.ask(repository, kind, operation);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> json = requests.answerOf(id);
            if (json.isPresent()) {
                Answers.Answer answer = Answers.Answer.of(json.get());
                Answers.Failure failure = answer.failure();
                if (failure != null) {
                    throw new Refused(failure.reason(), failure.message());
                }
                return answer;
            }
            Thread.sleep(LOOK);
        }
        throw new Refused(
                Refused.Reason.UNAVAILABLE,
                "the instance that keeps the repository has not answered for "
                        + PATIENCE.toMinutes()
                        + " minutes; it may still do it, see ./darkroom sync operations");
    }
}

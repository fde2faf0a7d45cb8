package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/// Transactions of the instance that keeps a repository.
///
/// Each begins by locking the lease's row: against the next holder, who has to wait until it ends,
/// and against the other threads of this one. An instance that was stopped for a while and goes on
/// finds another fence there, and writes nothing.
public final class FencedWrites {
    static final Sql VERIFY =
            new Sql(
                    """
                    select lease_fence from repository_sync
                    where repository_id = :repositoryId::uuid and lease_holder = :holder and lease_fence = :fence
                    for no key update
                    """);

    private final DataSource dataSource;

    public FencedWrites(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// What is done in one transaction.
    ///
    /// @param <T> what comes of it
    public interface Write<T> {
        T in(Connection connection, JdbcClient jdbc) throws SQLException, IOException;
    }

    /// Runs a transaction.
    ///
    /// @throws LeaseLost if another instance keeps the repository now
    public <T> T write(Lease lease, Write<T> write) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                JdbcClient jdbc =
                        JdbcClient.create(new SingleConnectionDataSource(connection, true));
                verify(jdbc, lease);
                T result = write.in(connection, jdbc);
                connection.commit();
                return result;
            } catch (SQLException | IOException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw new SQLExceptionSubclassTranslator()
                    .translate("a change of files", null, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void verify(JdbcClient jdbc, Lease lease) {
        boolean held =
                jdbc.sql(VERIFY.text())
                        .param("repositoryId", lease.repositoryId().toString())
                        .param("holder", lease.holder())
                        .param("fence", lease.fence())
                        .query((row, _) -> row.getLong(1))
                        .optional()
                        .isPresent();
        if (!held) {
            throw new LeaseLost(lease);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException failure) {
            cause.addSuppressed(failure);
        }
    }
}

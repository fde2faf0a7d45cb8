package dev.darkroom.sync.folders.records;

import dev.darkroom.database.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/// Files whose content has to be read.
public final class PendingFiles {
    static final Sql PENDING =
            new Sql(
                    """
                    select file_id, file_path, file_size, (extract(epoch from mod_time) * 1000000)::bigint,
                        (extract(epoch from change_time) * 1000000)::bigint, device, inode, scan_generation,
                        content_hash, content_version
                    from file_records
                    where repository_id = :repositoryId::uuid and hash_pending
                        and (content_version > 0 or scan_generation > :beyond)
                        and file_id <> all(:except::bigint[])
                    order by scan_generation desc, file_id limit :limit
                    """);

    private final DataSource dataSource;
    private final UUID repositoryId;

    public PendingFiles(DataSource dataSource, UUID repositoryId) {
        this.dataSource = dataSource;
        this.repositoryId = repositoryId;
    }

    /// What was found last first, else folder by folder.
    ///
    /// @param beyond new files of this operation and earlier ones wait
    /// @param except not these
    public List<KnownFile> fetch(long beyond, long[] except, int limit) {
        try {
            return IndexOrder.read(
                    dataSource,
                    connection ->
                            JdbcClient.create(new SingleConnectionDataSource(connection, true))
                                    .sql(PENDING.text())
                                    .param("repositoryId", repositoryId.toString())
                                    .param("beyond", beyond)
                                    .param("except", except)
                                    .param("limit", limit)
                                    .query((row, _) -> FileRecords.known(row))
                                    .list());
        } catch (SQLException failure) {
            throw new SQLExceptionSubclassTranslator()
                    .translate("files to be read", PENDING.text(), failure);
        }
    }
}

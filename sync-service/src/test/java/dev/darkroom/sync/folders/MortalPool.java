package dev.darkroom.sync.folders;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Gives so many connections and then none, as if the process that asks had been killed: what was
/// committed stays, nothing more is written.
final class MortalPool extends DelegatingDataSource {
    private int left;

    MortalPool(DataSource pool, int connections) {
        super(pool);
        this.left = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (left-- <= 0) {
            throw new SQLException("whoever asks was killed");
        }
        return super.getConnection();
    }
}

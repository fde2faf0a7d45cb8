package dev.darkroom.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Makes the connection pool of one service, sized as R28 says: idle connections are given back,
/// none lives for ever.
public final class Pools {
    private static final int MAX_CONNECTIONS = 20;
    private static final int MIN_IDLE = 2;

    private Pools() {}

    /// A pool that opens its first connection when one is asked for.
    public static HikariDataSource open(DatabaseAddress address, Login login, String service) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(service);
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(MIN_IDLE);
        config.setMaxLifetime(Duration.ofHours(1).toMillis());
        config.setIdleTimeout(Duration.ofMinutes(30).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", service);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariDataSource(config);
    }
}

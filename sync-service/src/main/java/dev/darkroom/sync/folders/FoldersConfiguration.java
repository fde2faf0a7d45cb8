package dev.darkroom.sync.folders;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.sync.SyncProperties;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the folders' half of sync-service together.
@Configuration(proxyBeanMethods = false)
class FoldersConfiguration {
    @Bean(destroyMethod = "close")
    FolderSync folderSync(HikariDataSource dataSource, SyncProperties properties) {
        String holder = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return new FolderSync(dataSource, properties.folders(), holder);
    }

    @Bean
    SyncDesk syncDesk(HikariDataSource dataSource, SyncProperties properties) {
        return new SyncDesk(dataSource, properties.folders());
    }

    /// Starts when everything else stands.
    @Bean
    SmartLifecycle folderSyncLifecycle(FolderSync folders, SyncProperties properties) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                if (properties.folders().enabled()) {
                    folders.start();
                }
                running = true;
            }

            @Override
            public void stop() {
                folders.close();
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}

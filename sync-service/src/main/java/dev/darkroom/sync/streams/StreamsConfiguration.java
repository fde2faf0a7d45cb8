package dev.darkroom.sync.streams;

import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.sync.SyncProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How the change streams over HTTP are put together.
@Configuration(proxyBeanMethods = false)
class StreamsConfiguration {
    @Bean
    Subscriptions subscriptions(KafkaProperties kafka, SyncProperties sync) {
        return new Subscriptions(kafka.bootstrapServers(), sync.streams());
    }

    /// Streams end before the web server waits for the requests that are under way: its phase comes
    /// after this default one.
    @Bean
    SmartLifecycle streamsEndFirst(Subscriptions subscriptions) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                running = true;
            }

            @Override
            public void stop() {
                running = false;
                subscriptions.stop();
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}

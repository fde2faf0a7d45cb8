package dev.darkroom.sync.cdc.repair;

import dev.darkroom.database.DatabaseProperties;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.KafkaProperties;
import dev.darkroom.schema.Role;
import dev.darkroom.sync.SyncProperties;
import dev.darkroom.sync.cdc.ChangeStreams;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How the stream and what mends it are put together.
@Configuration(proxyBeanMethods = false)
class RepairConfiguration {
    @Bean
    Reemission reemission() {
        return new Reemission();
    }

    @Bean
    StreamGaps streamGaps(SyncProperties sync, KafkaProperties kafka) {
        return new StreamGaps(kafka, login(sync), sync.cdc().onLostSlot());
    }

    @Bean
    ChangeStreams changeStreams(
            SyncProperties sync,
            KafkaProperties kafka,
            DatabaseProperties database,
            Reemission reemission,
            StreamGaps gaps) {
        return new ChangeStreams(
                sync.cdc(), kafka, database.address(), login(sync), reemission, gaps);
    }

    @Bean
    SlotWatch slotWatch(SyncProperties sync, DatabaseProperties database) {
        return new SlotWatch(database.address(), login(sync));
    }

    @Bean
    Reconciler reconciler(
            SyncProperties sync,
            KafkaProperties kafka,
            DatabaseProperties database,
            ChangeStreams streams,
            Reemission reemission,
            StreamGaps gaps) {
        return new Reconciler(
                sync.reconciler(),
                kafka,
                database.address(),
                login(sync),
                streams,
                reemission,
                gaps);
    }

    @Bean
    StreamOperations streamOperations(
            ChangeStreams streams, SlotWatch watch, Reconciler reconciler, StreamGaps gaps) {
        return new StreamDesk(streams, watch, reconciler, gaps);
    }

    @Bean
    StreamHealth streamHealthIndicator(StreamOperations operations) {
        return new StreamHealth(operations);
    }

    @Bean
    StreamMetrics streamMetrics(ChangeStreams streams, SlotWatch watch, Reconciler reconciler) {
        return new StreamMetrics(streams, watch, reconciler);
    }

    private static Login login(SyncProperties sync) {
        return new Login(Role.CDC.roleName(), sync.cdc().password());
    }
}

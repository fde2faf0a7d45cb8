package dev.darkroom.bench.streams;

import dev.darkroom.sync.cdc.CdcProperties;
import dev.darkroom.sync.cdc.ChangeStreams;

/// Darkroom's change streams as sync-service runs them.
final class Darkroom implements Contender {
    private final ChangeStreams streams;

    Darkroom(Place place) {
        this.streams =
                new ChangeStreams(
                        CdcProperties.defaults(), place.kafka(), place.address(), place.cdc());
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public long rows() {
        return streams.recordsPublished();
    }

    @Override
    public void stop() {
        streams.stop();
    }
}

package dev.darkroom.bench.streams;

import dev.darkroom.database.DatabaseAddress;
import dev.darkroom.database.Login;
import dev.darkroom.delivery.KafkaProperties;
import java.util.List;

/// Where a contender works.
///
/// @param cdc the login that may replicate
record Place(KafkaProperties kafka, DatabaseAddress address, Login cdc) {
    /// As a child process gets it.
    List<String> arguments() {
        return List.of(
                kafka.bootstrapServers(),
                address.host(),
                Integer.toString(address.port()),
                address.name(),
                cdc.user(),
                cdc.password());
    }

    static Place of(List<String> arguments) {
        return new Place(
                new KafkaProperties(arguments.get(0), 6, (short) 1),
                new DatabaseAddress(
                        arguments.get(1), Integer.parseInt(arguments.get(2)), arguments.get(3)),
                new Login(arguments.get(4), arguments.get(5)));
    }
}

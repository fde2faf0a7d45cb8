package dev.darkroom.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The TCP ports of one set of backends, all on the loopback address; 0 is "not chosen".
///
/// @param kafka where Kafka clients connect
/// @param controller where the broker talks to itself as controller
/// @param postgres where PostgreSQL clients connect
record Ports(int kafka, int controller, int postgres) {

    /// Below the range from which Linux takes the ports of outgoing connections, so that a
    /// remembered port is seldom taken at the next start.
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    /// What to listen on: a wanted port as it is, else the remembered one when it is free, else a
    /// free one.
    static Ports choose(Ports wanted, Ports remembered) {
        Set<Integer> taken = new HashSet<>();
        int kafka = choose("Kafka", wanted.kafka, remembered.kafka, taken);
        int controller = choose("Kafka's controller", 0, remembered.controller, taken);
        int postgres = choose("PostgreSQL", wanted.postgres, remembered.postgres, taken);
        return new Ports(kafka, controller, postgres);
    }

    private static int choose(String who, int wanted, int remembered, Set<Integer> taken) {
        if (wanted != 0) {
            if (!free(wanted, taken)) {
                throw new BackendsUnavailable(
                        "port "
                                + wanted
                                + " for "
                                + who
                                + " is taken: free it, or choose another (0 takes a free one)");
            }
            return wanted;
        }
        if (remembered != 0 && free(remembered, taken)) {
            return remembered;
        }
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (free(port, taken)) {
                return port;
            }
        }
        throw new BackendsUnavailable(
                "no free port between " + LOWEST + " and " + HIGHEST + " for " + who);
    }

    private static boolean free(int port, Set<Integer> taken) {
        if (taken.contains(port)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException inUse) {
            return false;
        }
        return taken.add(port);
    }
}

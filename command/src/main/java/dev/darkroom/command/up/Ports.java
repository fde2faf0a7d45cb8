package dev.darkroom.command.up;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks whether a port can be had, before minutes are spent on what needs it; finds a free one.
final class Ports {
    private Ports() {}

    /// The port, or a free one for 0, where others have to know it before it is listened on.
    static int orFree(int port) throws IOException {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// @param option the command line option that chooses another
    static void requireFree(int port, String option) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "port "
                            + port
                            + " is taken by another program\nchoose another: "
                            + option
                            + " "
                            + (port + 100),
                    e);
        }
    }
}

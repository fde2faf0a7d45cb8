package dev.darkroom.command.up;

import dev.darkroom.command.CommandFailed;
import dev.darkroom.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks whether a port can be had, before minutes are spent on what needs it.
final class Ports {
    private Ports() {}

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

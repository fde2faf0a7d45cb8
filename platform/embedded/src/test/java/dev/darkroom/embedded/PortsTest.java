package dev.darkroom.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final Ports NONE = new Ports(0, 0, 0);

    @Test
    void choosesThreeDifferentFreePortsAndKeepsThemWhileTheyAreFree() {
        Ports chosen = Ports.choose(NONE, NONE);
        assertThat(new int[] {chosen.kafka(), chosen.controller(), chosen.postgres()})
                .doesNotHaveDuplicates()
                .doesNotContain(0);
        assertThat(Ports.choose(NONE, chosen)).isEqualTo(chosen);
    }

    @Test
    void leavesARememberedPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports remembered = new Ports(taken.getLocalPort(), 0, 0);
            assertThat(Ports.choose(NONE, remembered).kafka())
                    .isNotZero()
                    .isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void refusesAWantedPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports wanted = new Ports(0, 0, taken.getLocalPort());
            assertThatThrownBy(() -> Ports.choose(wanted, NONE))
                    .isInstanceOf(BackendsUnavailable.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " for PostgreSQL");
        }
    }
}

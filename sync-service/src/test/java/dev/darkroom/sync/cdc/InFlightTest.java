package dev.darkroom.sync.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.streams.Place;
import dev.darkroom.sync.cdc.InFlight.Transaction;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(100);

    @Test
    void movesBehindATransactionOnceItIsToldAndAcknowledged() throws Exception {
        // given
        Transaction transaction = inFlight.begin(Place.NOWHERE);
        inFlight.add(transaction, 10, 0);
        inFlight.add(transaction, 10, 0);

        // when, then
        inFlight.acknowledged(transaction, 10);
        assertThat(inFlight.position()).isZero();
        inFlight.told(transaction, 7);
        assertThat(inFlight.position()).isZero();
        inFlight.acknowledged(transaction, 10);
        assertThat(inFlight.position()).isEqualTo(7);
    }

    @Test
    void staysBeforeARecordThatIsNotAcknowledgedWhateverIsBehindIt() throws Exception {
        // given
        Transaction first = inFlight.begin(Place.NOWHERE);
        inFlight.add(first, 10, 0);
        inFlight.told(first, 5);
        Transaction second = inFlight.begin(Place.NOWHERE);
        inFlight.add(second, 10, 0);
        inFlight.told(second, 9);

        // when, then
        inFlight.acknowledged(second, 10);
        assertThat(inFlight.position()).isZero();
        inFlight.acknowledged(first, 10);
        assertThat(inFlight.position()).isEqualTo(9);
    }

    @Test
    void movesBehindATransactionWithoutRecords() {
        inFlight.told(inFlight.begin(Place.NOWHERE), 3);

        assertThat(inFlight.position()).isEqualTo(3);
    }

    @Test
    void neverMovesBack() {
        // when
        inFlight.told(inFlight.begin(Place.NOWHERE), 30);
        inFlight.told(inFlight.begin(Place.NOWHERE), 0);

        // then
        assertThat(inFlight.position()).isEqualTo(30);
    }

    @Test
    void whatIsBeforeTheFirstGroupThatIsNotAcknowledgedIsSettled() throws Exception {
        // given
        Transaction first = inFlight.begin(new Place(50, 0));
        inFlight.add(first, 10, 0);
        inFlight.told(first, 0);
        Transaction rest = inFlight.begin(new Place(50, 30));
        inFlight.add(rest, 10, 0);

        // when, then
        assertThat(inFlight.settled()).isEqualTo(new Place(50, 0));
        inFlight.acknowledged(first, 10);
        assertThat(inFlight.settled()).isEqualTo(new Place(50, 30));
        assertThat(inFlight.position()).isZero();
        inFlight.acknowledged(rest, 10);
        inFlight.told(rest, 58);
        assertThat(inFlight.position()).isEqualTo(58);
        inFlight.begin(new Place(70, 0));
        assertThat(inFlight.settled()).isEqualTo(new Place(70, 0));
    }

    @Test
    void hasRoomForOneRecordOfAnySizeAndForNoMoreBesideIt() throws Exception {
        // given
        Transaction transaction = inFlight.begin(Place.NOWHERE);

        // when, then
        assertThat(inFlight.add(transaction, 1_000, 0)).isTrue();
        assertThat(inFlight.add(transaction, 1, 1)).isFalse();
        inFlight.acknowledged(transaction, 1_000);
        assertThat(inFlight.add(transaction, 1, 0)).isTrue();
    }

    @Test
    void wakesWhoWaitsForRoom() throws Exception {
        // given
        Transaction transaction = inFlight.begin(Place.NOWHERE);
        inFlight.add(transaction, 100, 0);

        // when
        Thread acknowledging =
                Thread.ofPlatform().start(() -> inFlight.acknowledged(transaction, 100));

        // then
        assertThat(inFlight.add(transaction, 60, 10_000)).isTrue();
        assertThat(inFlight.awaitNone(1)).isFalse();
        acknowledging.join();
    }
}

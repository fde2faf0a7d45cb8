package dev.darkroom.inference.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.inference.RgbImage;
import dev.darkroom.inference.faces.Alignment.Similarity;
import dev.darkroom.inference.fixture.Pictures;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    @Test
    void aTurnedScaledAndShiftedFaceComesBack() {
        double angle = Math.toRadians(37);
        Similarity moved = new Similarity(2.5 * Math.cos(angle), 2.5 * Math.sin(angle), 300, -40);
        List<Point> landmarks = Alignment.TEMPLATE.stream().map(moved::apply).toList();

        Similarity found = Alignment.between(landmarks, Alignment.TEMPLATE);

        for (int i = 0; i < 5; i++) {
            Point back = found.apply(landmarks.get(i));
            assertThat(back.x()).isCloseTo(Alignment.TEMPLATE.get(i).x(), within(1e-9));
            assertThat(back.y()).isCloseTo(Alignment.TEMPLATE.get(i).y(), within(1e-9));
        }
        assertThat(found.inverse().a()).isCloseTo(moved.a(), within(1e-9));
        assertThat(found.inverse().d()).isCloseTo(moved.d(), within(1e-9));
    }

    @Test
    void pointsThatDoNotFitAreMatchedAsWellAsPossible() {
        List<Point> from = List.of(new Point(0, 0), new Point(2, 0), new Point(0, 2));
        List<Point> to = List.of(new Point(0, 0), new Point(2, 0), new Point(0, 4));

        Similarity found = Alignment.between(from, to);

        // NumPy's lstsq says so.
        assertThat(found.a()).isCloseTo(1.5, within(1e-9));
        assertThat(found.b()).isCloseTo(-0.25, within(1e-9));
        assertThat(found.c()).isCloseTo(-0.5, within(1e-9));
        assertThat(found.d()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aFaceThatIsInPlaceAlreadyIsCopied() {
        RgbImage picture = Pictures.of(112, 112, (x, y) -> (2 * x) << 16 | (2 * y) << 8 | 7);

        assertThat(Alignment.align(picture, Alignment.TEMPLATE)).isEqualTo(picture);
    }

    @Test
    void outsideOfThePictureIsBlack() {
        List<Point> away =
                Alignment.TEMPLATE.stream().map(p -> new Point(p.x() + 5_000, p.y())).toList();

        assertThat(Alignment.align(Pictures.RED, away))
                .isEqualTo(Pictures.plain(112, 112, 0, 0, 0));
    }

    @Test
    void landmarksInOnePlaceDoNoHarm() {
        List<Point> same = Collections.nCopies(5, new Point(30, 30));

        assertThat(Alignment.align(Pictures.RED, same).width()).isEqualTo(112);
    }
}

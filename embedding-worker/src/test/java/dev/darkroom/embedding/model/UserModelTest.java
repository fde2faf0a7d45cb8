package dev.darkroom.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelUnavailable;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UserModelTest {
    private static final InferenceFailed SLOW =
            new InferenceFailed("too slow", true, new IllegalStateException());

    private Runnable loading = () -> {};
    private Runnable trial = () -> {};
    private final UserModel model =
            new UserModel(
                    Set.of(Capability.SPECIES),
                    _ -> {
                        loading.run();
                        return new KnownModel("m@1", Set.of(Capability.SPECIES), "a test");
                    },
                    () -> trial.run());

    @Test
    void isAskedOnlyOnceItWasFoundUsable() {
        assertThatThrownBy(() -> model.ask(() -> 1)).isInstanceOf(DependencyDown.class);

        model.look();

        assertThat(model.ask(() -> 1)).isEqualTo(1);
        assertThat(model.modelId()).isEqualTo("m@1");
    }

    @Test
    void waitsForOneThatIsAwayAndSaysWhyOneIsRefused() {
        loading = () -> fail(new ModelUnavailable("the server sleeps"));
        model.look();
        assertThat(model.standing()).isEqualTo(new Standing.Away("the server sleeps"));

        loading = () -> fail(new ModelRefused("no labels"));
        model.look();
        assertThat(model.standing()).isEqualTo(new Standing.Refused("no labels"));
        assertThat(model.description()).isEqualTo("the model does not work: no labels");
        assertThatThrownBy(model::require).isInstanceOf(DependencyDown.class);
    }

    @Test
    void oneThatIsLostInUseIsNoFaultOfThePicture() {
        model.look();

        assertThatThrownBy(() -> model.ask(failing(new ModelRefused("a file is gone"))))
                .isInstanceOf(DependencyDown.class);
        assertThat(model.standing()).isEqualTo(new Standing.Refused("a file is gone"));

        model.look();
        assertThat(model.ask(() -> 1)).isEqualTo(1);
    }

    @Test
    void aPictureThatIsTooMuchForAModelThatWorksIsToBlame() {
        model.look();

        assertThatThrownBy(() -> model.ask(failing(SLOW))).isSameAs(SLOW);

        assertThat(model.ask(() -> 1)).isEqualTo(1);
    }

    @Test
    void aModelThatIsTooSlowForAnyPictureIsWaitedForUntilItIsNot() {
        model.look();
        trial = () -> fail(SLOW);

        assertThatThrownBy(() -> model.ask(failing(SLOW))).isInstanceOf(DependencyDown.class);
        model.look();
        assertThat(model.standing()).isEqualTo(new Standing.Away("too slow"));

        trial = () -> {};
        model.look();
        assertThat(model.ask(() -> 1)).isEqualTo(1);
    }

    private static Supplier<Integer> failing(RuntimeException failure) {
        return () -> {
            fail(failure);
            return 0;
        };
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }
}

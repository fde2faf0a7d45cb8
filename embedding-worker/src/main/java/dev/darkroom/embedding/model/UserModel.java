package dev.darkroom.embedding.model;

import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.inference.InferenceFailed;
import dev.darkroom.inference.ModelInfo;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelUnavailable;
import dev.darkroom.inference.RgbImage;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model of the user's, which may not work, or not yet, or not any more. Whatever the reason, its
/// work waits: no asset is at fault, none is a dead letter.
///
/// [ModelWatch] looks at it until it can be used, and again once it failed.
public final class UserModel implements Model {
    private static final Logger log = LoggerFactory.getLogger(UserModel.class);

    private final Set<Capability> promised;
    private final Function<UserModel, Model> loading;
    private final Runnable trial;
    private volatile boolean inDoubt;
    private volatile Standing standing = new Standing.Away("it is being looked at");

    /// Loads nothing yet.
    ///
    /// @param promised what the user wants it for
    /// @param loading makes it usable if it must, and says what it is; gets what to ask it through
    /// @param trial asks it about a picture that is known to be harmless
    public UserModel(Set<Capability> promised, Function<UserModel, Model> loading, Runnable trial) {
        this.promised = Set.copyOf(promised);
        this.loading = loading;
        this.trial = trial;
    }

    /// A model that does one task.
    ///
    /// @param info loads it if it must
    public static UserModel of(
            Capability capability, String description, Supplier<ModelInfo> info, Runnable trial) {
        Set<Capability> one = Set.of(capability);
        return new UserModel(one, _ -> new KnownModel(info.get().id(), one, description), trial);
    }

    /// For trials: grey, so that nothing is found in it.
    public static RgbImage harmlessPicture() {
        byte[] grey = new byte[3 * 64 * 48];
        Arrays.fill(grey, (byte) 128);
        return new RgbImage(64, 48, grey);
    }

    /// Looks whether it can be used now.
    public synchronized void look() {
        try {
            Model model = loading.apply(this);
            if (inDoubt) {
                trial.run();
                inDoubt = false;
            }
            become(new Standing.Usable(model));
        } catch (ModelRefused e) {
            become(new Standing.Refused(reason(e)));
        } catch (LinkageError e) {
            become(new Standing.Refused("ONNX Runtime does not run here: " + reason(e)));
        } catch (RuntimeException e) {
            become(new Standing.Away(reason(e)));
        }
    }

    /// Asks it something. What fails because of the model, not of the picture, is no attempt.
    ///
    /// @throws DependencyDown when it cannot be asked now
    /// @throws InferenceFailed for this picture alone
    public <R> R ask(Supplier<R> question) {
        require();
        try {
            return question.get();
        } catch (ModelUnavailable e) {
            become(new Standing.Away(reason(e)));
            throw new DependencyDown(reason(e), e);
        } catch (ModelRefused e) {
            become(new Standing.Refused(reason(e)));
            throw new DependencyDown(reason(e), e);
        } catch (InferenceFailed e) {
            throw blame(e);
        }
    }

    /// Goes on only if it can be asked now.
    ///
    /// @throws DependencyDown when it cannot
    public void require() {
        switch (standing) {
            case Standing.Usable _ -> {}
            case Standing.Away(String reason) -> throw waiting(reason);
            case Standing.Refused(String reason) -> throw waiting(reason);
        }
    }

    private static DependencyDown waiting(String reason) {
        return new DependencyDown("a model cannot be asked", new IllegalStateException(reason));
    }

    /// A picture that takes too long or makes it fail may be to blame itself, unless the model
    /// fails at a harmless one too.
    private RuntimeException blame(InferenceFailed failure) {
        try {
            trial.run();
            return failure;
        } catch (InferenceFailed | ModelUnavailable | ModelRefused e) {
            inDoubt = true;
            become(new Standing.Away(reason(e)));
            return new DependencyDown(reason(e), failure);
        }
    }

    private void become(Standing now) {
        Standing before = standing;
        standing = now;
        if (before.equals(now)) {
            return;
        }
        switch (now) {
            case Standing.Usable(Model model) ->
                    log.atInfo()
                            .addKeyValue("model", model.modelId())
                            .addKeyValue("capabilities", model.capabilities())
                            .log("Model ready");
            case Standing.Away(String reason) ->
                    log.atWarn()
                            .addKeyValue("capabilities", promised)
                            .addKeyValue("reason", reason)
                            .log("Model away; its work waits");
            case Standing.Refused(String reason) ->
                    log.atWarn()
                            .addKeyValue("capabilities", promised)
                            .addKeyValue("reason", reason)
                            .log("Model refused; its tasks are skipped until it works");
        }
    }

    @Override
    public Standing standing() {
        return standing;
    }

    /// Empty as long as it is not known.
    @Override
    public String modelId() {
        return standing instanceof Standing.Usable(Model model) ? model.modelId() : "";
    }

    @Override
    public Set<Capability> capabilities() {
        return standing instanceof Standing.Usable(Model model) ? model.capabilities() : promised;
    }

    @Override
    public String description() {
        return switch (standing) {
            case Standing.Usable(Model model) -> model.description();
            case Standing.Away(String reason) -> "waiting for the model: " + reason;
            case Standing.Refused(String reason) -> "the model does not work: " + reason;
        };
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}

package dev.darkroom.inference;

import dev.darkroom.inference.clip.ImageTextModel;
import dev.darkroom.inference.depth.DepthModel;
import dev.darkroom.inference.depth.DepthOptions;
import dev.darkroom.inference.faces.FaceModel;
import dev.darkroom.inference.fetch.ModelCache;
import dev.darkroom.inference.layout.Layouts;
import dev.darkroom.inference.layout.Understood;
import dev.darkroom.inference.runtime.Idle;
import dev.darkroom.inference.runtime.NativeLibraries;
import dev.darkroom.inference.runtime.Turns;
import dev.darkroom.inference.species.SpeciesModel;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The models of a user, ready to be asked. One for a process; models share its turns.
///
/// Nothing is fetched or loaded before a model is asked for the first time: ask
/// [ImageTextModel#info()] and its like at the start to learn early what does not work. A model's
/// file is like code, chosen by the operator: it is parsed and run in this process.
public final class Models implements AutoCloseable {
    private final InferenceOptions options;
    private final HttpClient client;
    private final ModelCache cache;
    private final ScheduledThreadPoolExecutor clock;
    private final Turns turns;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    private Models(InferenceOptions options, HttpClient client) {
        this.options = options;
        this.client = client;
        this.cache =
                new ModelCache(
                        options.cache().resolve("models"),
                        options.maxBytes(),
                        options.stall(),
                        client);
        this.clock = clock();
        this.turns = new Turns(options.callers(), options.deadline(), clock);
    }

    public static Models open(InferenceOptions options) {
        return open(options, ModelCache.client(options.stall()));
    }

    /// For servers that only a test trusts.
    static Models open(InferenceOptions options, HttpClient client) {
        NativeLibraries.unpackInto(options.cache().resolve("native"));
        return new Models(options, client);
    }

    public ImageTextModel imageText(ModelSource source) {
        return opened(new ImageTextModel(understood(Role.CLIP, source), turns, keeping(source)));
    }

    public SpeciesModel species(ModelSource source) {
        return opened(
                new SpeciesModel(
                        understood(Role.SPECIES, source),
                        turns,
                        keeping(source),
                        options.cache().resolve("labels")));
    }

    public FaceModel faces(ModelSource source) {
        return opened(new FaceModel(understood(Role.FACES, source), turns, keeping(source)));
    }

    public DepthModel depth(ModelSource source, DepthOptions depth) {
        return opened(
                new DepthModel(understood(Role.DEPTH, source), turns, keeping(source), depth));
    }

    private <T extends AutoCloseable> T opened(T model) {
        open.add(model);
        return model;
    }

    private Understood understood(Role role, ModelSource source) {
        return new Understood(() -> Layouts.read(role, cache.folder(role, source)));
    }

    private Idle.Keeping keeping(ModelSource source) {
        return new Idle.Keeping(source.location(), options.idle(), options.preload(), clock);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("inference-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return clock;
    }

    /// Gives all models back, those in use as soon as they are done.
    @Override
    public void close() {
        for (AutoCloseable model : open) {
            try {
                model.close();
            } catch (Exception e) {
                throw new IllegalStateException("a model cannot be given back", e);
            }
        }
        clock.shutdown();
        client.shutdownNow();
    }
}

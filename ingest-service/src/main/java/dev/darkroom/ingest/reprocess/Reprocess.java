package dev.darkroom.ingest.reprocess;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Announces assets once more, in the lane of backfill, for a task that has not been done for them
/// or a model that has not seen them.
///
/// It asks what is missing, so doing it again after a crash, or twice, goes on where it stopped:
/// what has been made meanwhile is not announced, and a worker skips what it has.
class Reprocess {
    private static final int PAGE = 1_000;

    private final LackingAssets assets;

    Reprocess(LackingAssets assets) {
        this.assets = assets;
    }

    /// @param model a model's id or name, for the task `embedding`
    Announced announce(String task, @Nullable String model) {
        List<String> tasks = assets.tasks();
        if (!tasks.contains(task)) {
            throw new ReprocessRefused(
                    "no task is called %s; there are %s".formatted(task, String.join(", ", tasks)));
        }
        if (model != null && !task.equals("embedding")) {
            throw new ReprocessRefused(
                    "only the task embedding has models to choose from: " + task);
        }
        Optional<String> id = Optional.ofNullable(model).map(this::modelId);
        long announced = 0;
        long last = 0;
        LackingAssets.Page page;
        do {
            page =
                    id.isPresent()
                            ? assets.announceOfModel(id.get(), last, PAGE)
                            : assets.announceOfTask(task, last, PAGE);
            last = page.last();
            announced += page.size();
        } while (page.size() == PAGE);
        return new Announced(task, id, announced);
    }

    private String modelId(String model) {
        List<String> found = assets.models(model);
        if (found.isEmpty()) {
            throw new ReprocessRefused(
                    "no embedding space is being filled by %s; there are %s. A model gets one when embedding-worker starts with it"
                            .formatted(model, String.join(", ", assets.allModels())));
        }
        if (found.size() > 1) {
            throw new ReprocessRefused(
                    "%s may be each of %s; name one of them"
                            .formatted(model, String.join(", ", found)));
        }
        return found.getFirst();
    }
}

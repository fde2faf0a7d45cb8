package dev.darkroom.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.database.MigratedDatabase;
import dev.darkroom.delivery.DependencyDown;
import dev.darkroom.delivery.Done;
import dev.darkroom.delivery.EventCodec;
import dev.darkroom.delivery.Ledger;
import dev.darkroom.delivery.Work;
import dev.darkroom.embedding.model.Capability;
import dev.darkroom.embedding.model.Model;
import dev.darkroom.embedding.model.UserModel;
import dev.darkroom.embedding.slice.SliceListener;
import dev.darkroom.schema.AssetCreated;
import dev.darkroom.schema.Role;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A photo that another model was done with, announced once more while the new model is away: it
/// waits, since nobody would announce it again.
class WaitingSliceIT {
    @TempDir Path folder;
    private Runnable loading = () -> {};

    @Test
    void whatAnotherModelDidWaitsForTheNewOne() throws Exception {
        // given
        MigratedDatabase database = MigratedDatabase.create();
        AssetCreated photo = new Library(folder, database).plain(Color.GREEN);
        database.asAdmin()
                .sql(
                        "insert into processing_tasks (asset_id, task, asset_version, priority, status) values (?, 'species', ?, 5, 'completed')")
                .params(photo.assetId(), photo.version())
                .update();
        UserModel model = model();
        Ledger<AssetCreated> ledger = ledger(database, model);

        // when, then: away
        loading =
                () -> {
                    throw new IllegalStateException("the server sleeps");
                };
        model.look();
        assertThatThrownBy(() -> ledger.pending(List.of(photo))).isInstanceOf(DependencyDown.class);

        // and back
        loading = () -> {};
        model.look();
        assertThat(ledger.pending(List.of(photo))).containsExactly(photo);
    }

    private UserModel model() {
        return new UserModel(
                Set.of(Capability.SPECIES),
                _ -> {
                    loading.run();
                    return new New();
                },
                () -> {});
    }

    /// Everything is another model's.
    private static Ledger<AssetCreated> ledger(MigratedDatabase database, UserModel model) {
        return new SliceListener(new EventCodec(), JdbcClient.create(database.pool(Role.EMBEDDING)))
                .of(
                        "species",
                        model,
                        new Nothing(),
                        (assets, _) ->
                                assets.stream()
                                        .map(AssetCreated::assetId)
                                        .collect(Collectors.toSet()))
                .ledger()
                .orElseThrow();
    }

    private static final class New implements Model {
        @Override
        public String modelId() {
            return "new@1";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.SPECIES);
        }

        @Override
        public String description() {
            return "a test";
        }
    }

    private static final class Nothing implements Work<AssetCreated, String> {
        @Override
        public String perform(AssetCreated asset) {
            return "";
        }

        @Override
        public void record(List<Done<AssetCreated, String>> done) {}
    }
}

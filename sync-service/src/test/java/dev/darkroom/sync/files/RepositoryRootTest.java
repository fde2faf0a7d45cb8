package dev.darkroom.sync.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryRootTest {
    private static final UUID OURS = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    @TempDir Path folder;
    private Path path = Path.of("");
    private RepositoryRoot root = new RepositoryRoot(path);

    @BeforeEach
    void makeRoot() throws IOException {
        path = Files.createDirectory(folder.resolve("photos"));
        Files.createFile(path.resolve("photo.jpg"));
        root = new RepositoryRoot(path);
    }

    @Test
    void aFolderThatWasNeverSeenIsNew() throws IOException {
        assertThat(root.state(OURS, false, Optional.empty()))
                .isEqualTo(new RootState.New(root.identity()));
    }

    @Test
    void aMarkedFolderIsPresent() throws IOException {
        root.mark(OURS);

        assertThat(root.marker()).contains(OURS);
        assertThat(root.state(OURS, true, Optional.empty()))
                .isEqualTo(new RootState.Present(root.identity(), true));
    }

    @Test
    void aFolderWithoutTheMarkerThatItHadIsUnmounted() throws IOException {
        root.mark(OURS);
        Files.delete(path.resolve(RepositoryRoot.MARKER));

        assertThat(root.state(OURS, true, Optional.of(root.identity())))
                .isInstanceOfSatisfying(
                        RootState.Unmounted.class,
                        state -> assertThat(state.reason()).contains(".darkroom-repository"));
    }

    @Test
    void aFolderThatIsNotThereIsUnmounted() throws IOException {
        Files.delete(path.resolve("photo.jpg"));
        Files.delete(path);

        assertThat(root.state(OURS, true, Optional.empty()))
                .isInstanceOf(RootState.Unmounted.class);
    }

    @Test
    void aFileInItsPlaceIsUnmounted() {
        assertThat(
                        new RepositoryRoot(path.resolve("photo.jpg"))
                                .state(OURS, true, Optional.empty()))
                .isInstanceOf(RootState.Unmounted.class);
    }

    @Test
    void aMarkedFolderWithNothingElseIsEmpty() throws IOException {
        root.mark(OURS);
        Files.delete(path.resolve("photo.jpg"));

        assertThat(root.state(OURS, true, Optional.empty())).isInstanceOf(RootState.Empty.class);
    }

    @Test
    void anEmptyFolderWithoutAMarkerIsEmptyToo() throws IOException {
        RootIdentity identity = root.identity();
        Files.delete(path.resolve("photo.jpg"));

        assertThat(root.state(OURS, false, Optional.of(identity)))
                .isInstanceOf(RootState.Empty.class);
    }

    @Test
    void anotherRepositorysFolderIsKnownByItsMarker() throws IOException {
        root.mark(OTHER);

        assertThat(root.state(OURS, false, Optional.empty()))
                .isEqualTo(new RootState.OtherRepository(OTHER));
        assertThatThrownBy(() -> root.mark(OURS))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(OTHER.toString());
    }

    @Test
    void aFolderThatCannotBeMarkedIsKnownByItsInode() throws IOException {
        RootIdentity identity = root.identity();
        assertThat(root.state(OURS, false, Optional.of(identity)))
                .isEqualTo(new RootState.Present(identity, false));

        Files.move(path, folder.resolve("elsewhere"));
        Files.createDirectory(path);
        Files.createFile(path.resolve("photo.jpg"));

        assertThat(root.state(OURS, false, Optional.of(identity)))
                .isInstanceOf(RootState.Unmounted.class);
    }

    @Test
    void aMarkerThatCannotBeUnderstoodIsNoMarker() throws IOException {
        Files.writeString(path.resolve(RepositoryRoot.MARKER), "hello");

        assertThat(root.state(OURS, true, Optional.empty()))
                .isInstanceOf(RootState.Unreadable.class);
    }

    @Test
    void markingTwiceLeavesOneMarkerAndNothingElse() throws IOException {
        root.mark(OURS);
        root.mark(OURS);

        try (Stream<Path> files = Files.list(path)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("photo.jpg", ".darkroom-repository");
        }
    }
}

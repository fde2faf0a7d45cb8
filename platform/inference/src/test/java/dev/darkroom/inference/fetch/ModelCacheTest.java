package dev.darkroom.inference.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.inference.Dtype;
import dev.darkroom.inference.ModelRefused;
import dev.darkroom.inference.ModelSource;
import dev.darkroom.inference.ModelUnavailable;
import dev.darkroom.inference.Models;
import dev.darkroom.inference.ModelsTesting;
import dev.darkroom.inference.Role;
import dev.darkroom.inference.Sha256;
import dev.darkroom.inference.fixture.ModelFolders;
import dev.darkroom.inference.fixture.Pictures;
import dev.darkroom.inference.layout.ModelFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCacheTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir private Path folder;

    private ModelServer server;
    private ModelCache cache;

    @BeforeEach
    void start() {
        server = new ModelServer();
        cache = cache(64 * MEBIBYTE, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Named<UnaryOperator<Path>>> everyLayout() {
        return Stream.of(
                Named.of("Immich", ModelFolders::immich),
                Named.of("transformers.js", ModelFolders::transformers),
                Named.of("flat", ModelFolders::mobileClip),
                Named.of("model.json", ModelFolders::own));
    }

    @ParameterizedTest
    @MethodSource("everyLayout")
    void anAddressIsFetchedByTheNamesItMayHaveAndThenUsedOffline(UnaryOperator<Path> layout) {
        publish(layout.apply(folder.resolve("origin")), "/org/Colours/resolve/main/");
        ModelSource source = ModelSource.of(server.address() + "/org/Colours/resolve/main");

        String id = red(source);
        server.close();

        assertThat(red(source)).isEqualTo(id);
        if (!id.startsWith("colours@")) {
            assertThat(id).startsWith("Colours@");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar.gz"})
    void anArchiveIsFetchedVerifiedUnpackedAndThenUsedOffline(String kind) {
        Map<String, byte[]> files =
                Packing.files(ModelFolders.immich(folder.resolve("origin")), "ViT/");
        byte[] archive = kind.equals("zip") ? Packing.zip(files) : Packing.tarGz(files);
        server.put("/models/ViT-x." + kind, archive);
        ModelSource source =
                ModelSource.of(server.address() + "/models/ViT-x." + kind)
                        .withSha256(Sha256.of(archive));

        String id = red(source);
        server.close();

        assertThat(red(source)).isEqualTo(id).startsWith("ViT-x@");
    }

    @Test
    void aFileOfAnotherDigestIsNeverUsed() {
        byte[] archive = Packing.zip(Map.of("a.txt", new byte[3]));
        server.put("/m.zip", archive);
        ModelSource source = ModelSource.of(server.address() + "/m.zip").withSha256("0".repeat(64));

        assertThatThrownBy(() -> cache.folder(Role.CLIP, source))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(Sha256.of(archive))
                .hasMessageContaining("it is not used");
        assertThat(leftBehind()).allMatch(name -> name.endsWith(".lock"));
    }

    @Test
    void theListingOfAnAddressIsVerifiedToo() throws IOException {
        Path origin = ModelFolders.transformers(folder.resolve("origin"));
        publish(origin, "/m/");
        ModelSource source = ModelSource.of(server.address() + "/m/");
        assertThatThrownBy(() -> cache.folder(Role.CLIP, source.withSha256("1".repeat(64))))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("the listing of what was fetched");

        ModelFolder found = cache.folder(Role.CLIP, source.withSha256(Listing.hash(origin)));

        assertThat(found.root()).isDirectory();
    }

    @Test
    void whatBrokeOffGoesOnWhereItStopped() {
        byte[] archive = large();
        server.put("/m.zip", archive);
        server.breakOnceAfter(700_000);

        cache.folder(
                Role.CLIP,
                ModelSource.of(server.address() + "/m.zip").withSha256(Sha256.of(archive)));

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().getLast()).matches("/m.zip [1-9]\\d+-");
    }

    @Test
    void whatBrokeOffAndMayHaveChangedStartsAgain() {
        byte[] archive = large();
        server.put("/m.zip", archive);
        server.withoutTags();
        server.breakOnceAfter(700_000);

        cache.folder(
                Role.CLIP,
                ModelSource.of(server.address() + "/m.zip").withSha256(Sha256.of(archive)));

        assertThat(server.requests()).containsExactly("/m.zip", "/m.zip");
    }

    @Test
    void aFileThatChangedMeanwhileIsFetchedFromItsStart() throws IOException {
        byte[] archive = large();
        Path part = folder.resolve("x.part");
        Files.write(part, new byte[1000]);
        Files.writeString(folder.resolve("x.part.etag"), "\"older\"");
        server.put("/m.zip", archive);

        download(Duration.ofSeconds(30)).fetch(uri("/m.zip"), folder.resolve("x"), 64 * MEBIBYTE);

        assertThat(Files.readAllBytes(folder.resolve("x"))).isEqualTo(archive);
        assertThat(part).doesNotExist();
    }

    @Test
    void aServerThatFallsSilentIsAskedAgain() {
        byte[] archive = large();
        server.put("/m.zip", archive);
        server.hangOnceAfter(700_000);

        cache(64 * MEBIBYTE, Duration.ofSeconds(1))
                .folder(
                        Role.CLIP,
                        ModelSource.of(server.address() + "/m.zip").withSha256(Sha256.of(archive)));

        assertThat(server.requests()).anyMatch(request -> request.startsWith("/m.zip "));
    }

    @Test
    void aServerThatIsAwayIsSaidToBeAway() {
        server.answerOnlyWith(503);

        assertThatThrownBy(
                        () -> cache.folder(Role.CLIP, ModelSource.of(server.address() + "/m.zip")))
                .isInstanceOf(ModelUnavailable.class)
                .hasMessageContaining("503");
    }

    @Test
    void aServerThatWantsAPasswordIsRefused() {
        server.answerOnlyWith(401);

        assertThatThrownBy(
                        () -> cache.folder(Role.CLIP, ModelSource.of(server.address() + "/m.zip")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("answered 401: fetch the model yourself");
    }

    @Test
    void anAddressWithoutAModelSaysWhatWasAskedFor() {
        assertThatThrownBy(() -> cache.folder(Role.DEPTH, ModelSource.of(server.address() + "/m")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("depth/model.onnx, onnx/model.onnx, model.onnx");
    }

    @Test
    void moreThanAllowedIsRefusedPackedAndUnpacked() {
        byte[] zeros = Packing.zip(Map.of("zeros", new byte[20 * (int) MEBIBYTE]));
        server.put("/small.zip", zeros);
        server.put("/large.zip", large());
        ModelCache strict = cache(MEBIBYTE, Duration.ofSeconds(30));

        assertThatThrownBy(
                        () ->
                                strict.folder(
                                        Role.CLIP, ModelSource.of(server.address() + "/large.zip")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("is larger than");
        assertThatThrownBy(
                        () ->
                                strict.folder(
                                        Role.CLIP, ModelSource.of(server.address() + "/small.zip")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("unpacks to more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/tmp/evil",
                "a/../../evil",
                "..",
                "a\\..\\..\\evil",
                "a/..//evil"
            })
    void anArchiveThatLeadsOutOfItsFolderIsRefused(String name) {
        server.put("/m.zip", Packing.zip(Map.of("fine", new byte[1], name, new byte[1])));
        server.put("/m.tar.gz", Packing.tarGz(Map.of("fine", new byte[1], name, new byte[1])));

        for (String kind : List.of("/m.zip", "/m.tar.gz")) {
            assertThatThrownBy(
                            () -> cache.folder(Role.CLIP, ModelSource.of(server.address() + kind)))
                    .as(kind)
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("is refused");
        }
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(leftBehind()).allMatch(file -> file.endsWith(".lock"));
    }

    @Test
    void anArchiveWithALinkIsRefused() {
        server.put("/m.tar.gz", Packing.tarGzWithLink("model.onnx", "/etc/passwd"));

        assertThatThrownBy(
                        () ->
                                cache.folder(
                                        Role.CLIP, ModelSource.of(server.address() + "/m.tar.gz")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("is a link or a device");
    }

    @Test
    void aDamagedArchiveIsRefused() {
        server.put("/m.zip", "<html>".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(
                        () -> cache.folder(Role.CLIP, ModelSource.of(server.address() + "/m.zip")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("is a damaged archive");
    }

    @Test
    void plainAddressesElsewhereAreRefusedAlsoBehindARedirect() {
        assertThatThrownBy(() -> cache.folder(Role.CLIP, ModelSource.of("http://192.0.2.1/m.zip")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("must be https:");
        server.redirectTo("ftp://192.0.2.1/m.zip");
        assertThatThrownBy(
                        () -> cache.folder(Role.CLIP, ModelSource.of(server.address() + "/m.zip")))
                .isInstanceOf(ModelRefused.class);
    }

    @Test
    void anArchiveOnThisDiskIsUnpackedOnce() throws IOException {
        Path packed = folder.resolve("colours.zip");
        Files.write(
                packed,
                Packing.zip(Packing.files(ModelFolders.immich(folder.resolve("origin")), "")));

        ModelFolder first = cache.folder(Role.CLIP, ModelSource.of(packed.toString()));
        ModelFolder second = cache.folder(Role.CLIP, ModelSource.of(packed.toUri().toString()));

        assertThat(second.root()).isEqualTo(first.root());
        assertThat(first.name()).isEqualTo("colours");
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "x");

        assertThatThrownBy(() -> cache.folder(Role.CLIP, ModelSource.of(file.toString())))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("name the folder it is in");
    }

    @Test
    void ourOwnSettingsMayNotNameFilesOutside() {
        server.put(
                "/m/model.json",
                "{\"vision\": {\"file\": \"../../secret.onnx\"}}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> cache.folder(Role.CLIP, ModelSource.of(server.address() + "/m")))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("outside of the model's folder");
    }

    @Test
    void settingsOfASourceAreChecked() {
        assertThatThrownBy(() -> ModelSource.of("  ")).hasMessageContaining("location");
        assertThatThrownBy(() -> ModelSource.of("x").withSha256("abc"))
                .hasMessageContaining("64 hexadecimal digits");
        assertThatThrownBy(() -> Dtype.of("double")).hasMessageContaining("auto, fp32");
        assertThat(new ModelSource("x", Optional.empty(), Dtype.of("int8")).dtype())
                .isEqualTo(Dtype.INT8);
    }

    private String red(ModelSource source) {
        try (Models models = ModelsTesting.open(folder.resolve("cache"))) {
            var model = models.imageText(source);
            assertThat(model.image(Pictures.RED)[0]).isGreaterThan(0.999f);
            return model.info().id();
        }
    }

    private ModelCache cache(long most, Duration stall) {
        return new ModelCache(folder.resolve("models"), most, stall, ModelCache.client(stall));
    }

    private static Download download(Duration stall) {
        return new Download(ModelCache.client(stall), stall);
    }

    private URI uri(String path) {
        return URI.create(server.address() + path);
    }

    private void publish(Path origin, String prefix) {
        Packing.files(origin, prefix).forEach(server::put);
    }

    /// More than one buffer, and not compressible.
    private static byte[] large() {
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        return Packing.zip(Map.of("noise", noise));
    }

    private List<String> leftBehind() {
        try (Stream<Path> files = Files.walk(folder.resolve("models"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

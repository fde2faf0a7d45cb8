package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.media.child.Bombs;
import dev.darkroom.media.child.Cleanness;
import dev.darkroom.media.child.FormatSamples;
import dev.darkroom.media.child.Mutations;
import dev.darkroom.media.child.NativeSamples;
import dev.darkroom.media.child.Samples;
import dev.darkroom.media.child.TestPictures;
import dev.darkroom.media.child.ffmpeg.RecordedSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged and hostile files through real children with the native decoders, good ones in between:
/// a result or one reason for each, and every good one gets its picture.
class FuzzIT {

    private static final RenderRequest SMALL =
            new RenderRequest(List.of(new RenderSize("small", 150)), 80);
    private static final MediaOptions OPTIONS =
            MediaOptions.defaults().withDeadline(Duration.ofSeconds(60)).withSvg(true);

    private static final String DRAWING =
            """
            <?xml version="1.0"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" viewBox="0 0 64 48">
              <defs>
                <linearGradient id="sky"><stop offset="0" stop-color="#08f"/><stop offset="1"/>
                </linearGradient>
                <filter id="blur"><feGaussianBlur stdDeviation="2"/></filter>
              </defs>
              <rect width="64" height="48" fill="url(#sky)"/>
              <path d="M4 40 L20 8 Q30 2 40 20 T60 40 Z" fill="#c30" filter="url(#blur)"/>
              <g transform="rotate(10 32 24)"><text x="8" y="30" font-size="9">Sun</text></g>
            </svg>
            """;

    /// As many as are in work at the same time; what lies ready has its file on disk.
    private static final int BATCH = 100;

    private final List<String> lost = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger results = new AtomicInteger();
    private final AtomicInteger reasons = new AtomicInteger();

    @TempDir private static Path directory;

    @Test
    void everyDamagedFileGivesAResultOrOneReasonAndEveryGoodOneItsPicture() throws Exception {
        Map<String, byte[]> samples = new LinkedHashMap<>(Samples.all());
        samples.putAll(NativeSamples.all());
        samples.putAll(FormatSamples.here());
        samples.put("drawing.svg", DRAWING.getBytes(StandardCharsets.UTF_8));
        samples.putAll(RecordedSamples.all(Files.createDirectory(directory.resolve("intact"))));
        samples.keySet().removeIf(name -> !Mutations.wants(name));
        Path good = TestPictures.save(directory, "good.jpg", TestPictures.jpeg(320, 240));
        try (MediaPool pool = new MediaPool(OPTIONS);
                ExecutorService callers = Executors.newFixedThreadPool(4)) {
            for (Map.Entry<String, byte[]> sample : samples.entrySet()) {
                List<Future<?>> answers = new ArrayList<>();
                for (int number = 0; number < Mutations.count(40); number++) {
                    String name = number + "-" + sample.getKey();
                    byte[] bytes = Mutations.of(sample.getValue(), number);
                    answers.add(callers.submit(() -> ask(pool, name, bytes)));
                    if (number % 10 == 0) {
                        answers.add(
                                callers.submit(
                                        () ->
                                                assertThat(pool.render(good, SMALL).renditions())
                                                        .hasSize(1)));
                    }
                    if (answers.size() >= BATCH) {
                        finish(answers);
                    }
                }
                finish(answers);
                Mutations.tell(sample.getKey(), results.getAndSet(0), reasons.getAndSet(0));
            }
        }
        assertThat(lost).as("files that took their child down").isEmpty();
    }

    @Test
    void everyBombGivesAResultOrItsOneReason() throws Exception {
        try (MediaPool pool = new MediaPool(OPTIONS)) {
            for (Bombs.Bomb bomb : Bombs.all()) {
                ask(pool, bomb.name(), bomb.bytes());
            }
        }
        assertThat(lost).as("files that took their child down").isEmpty();
    }

    private static void finish(List<Future<?>> answers) throws Exception {
        for (Future<?> answer : answers) {
            answer.get();
        }
        answers.clear();
    }

    private Void ask(MediaPool pool, String name, byte[] bytes)
            throws IOException, InterruptedException {
        Path file = TestPictures.save(directory, name, bytes);
        try {
            if (name.endsWith(".xmp")) {
                pool.readSidecar(file, name);
                results.incrementAndGet();
                return null;
            }
            MediaFacts facts = pool.probe(file, name);
            assertThat(facts.warnings()).as(name).noneMatch(w -> w.contains("did not survive"));
            pool.render(file, name, SMALL)
                    .renditions()
                    .forEach(made -> Cleanness.assertThatOnlyAPictureIsIn(made.bytes()));
            if (name.contains("-clip.")) {
                pool.animate(file, name, 120);
            }
            results.incrementAndGet();
        } catch (UnreadableMedia e) {
            reasons.incrementAndGet();
            assertThat(e.getMessage()).as(name).isNotBlank().doesNotContain("java.");
        } catch (MediaChildLost e) {
            lost.add(e.getMessage());
        } finally {
            Files.delete(file);
        }
        return null;
    }
}

package dev.darkroom.ingest.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.FileEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// People do anything to their files, and Kafka delivers each event at least once.
class ShuffledFilesIT {
    private static final int STEPS = 40;
    private static final int NAMES = 6;
    private static final int CONTENTS = 4;

    @TempDir private Path scratch;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("shuffled.seeds", 12));
    }

    /// Whatever happened, in the end each content in the folder is one asset that is not in the
    /// trash, made of a file that has it, and there is no other.
    @ParameterizedTest
    @MethodSource("seeds")
    void eachEventThreeTimesInAnyOrderEndsWithOneAssetForEachContent(long seed) throws Exception {
        Random random = new Random(seed);
        try (WatchedFolder folder = new WatchedFolder(scratch, "in-place")) {
            Map<String, Integer> files = new TreeMap<>();
            List<FileEvent> waiting = new ArrayList<>();
            List<FileEvent> all = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                FileEvent event = step(folder, files, random);
                waiting.add(event);
                all.add(event);
                if (random.nextInt(3) == 0) {
                    deliverSome(folder, waiting, random);
                }
            }
            List<FileEvent> rest = new ArrayList<>(waiting);
            rest.addAll(all);
            rest.addAll(all);
            Collections.shuffle(rest, random);
            for (int i = 0; i < rest.size(); i += 5) {
                folder.deliver(rest.subList(i, Math.min(rest.size(), i + 5)));
            }

            assertThat(live(folder)).as("seed " + seed).isEqualTo(expected(folder));
            assertThat(restless(folder, all)).as("seed " + seed).isEmpty();
        }
    }

    private static FileEvent step(WatchedFolder folder, Map<String, Integer> files, Random random)
            throws IOException {
        String name = "f" + random.nextInt(NAMES) + ".jpg";
        int kind = random.nextInt(4);
        Integer old = files.get(name);
        if (old != null && kind == 0) {
            files.remove(name);
            return folder.delete(name);
        }
        String other = "f" + random.nextInt(NAMES) + ".jpg";
        if (old != null && kind == 1 && !files.containsKey(other)) {
            files.put(other, files.remove(name));
            return folder.move(name, other);
        }
        int content = random.nextInt(CONTENTS);
        if (old != null && old == content) {
            content = (content + 1) % CONTENTS;
        }
        files.put(name, content);
        return folder.put(name, 1_000 + content);
    }

    /// Some of what waits, mixed; files vanish before anyone looks, as they do.
    private static void deliverSome(WatchedFolder folder, List<FileEvent> waiting, Random random)
            throws Exception {
        Collections.shuffle(waiting, random);
        List<FileEvent> some =
                new ArrayList<>(waiting.subList(0, random.nextInt(waiting.size() + 1)));
        waiting.removeAll(some);
        folder.deliver(some);
    }

    private static List<String> live(WatchedFolder folder) {
        return folder.admin
                .sql(
                        """
                        select a.content_hash || ' ' || (f.content_hash = a.content_hash)
                            || ' ' || (a.storage_path = 'repo://' || a.repository_id || '/' || f.file_path)
                        from assets a left join file_records f on f.file_id = a.file_id
                        where a.repository_id = :id and a.deleted_at is null order by 1
                        """)
                .param("id", folder.repositoryId)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private static List<String> expected(WatchedFolder folder) {
        return folder.admin
                .sql(
                        """
                        select distinct content_hash || ' true true' from file_records
                        where repository_id = :id order by 1
                        """)
                .param("id", folder.repositoryId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// Rows that are touched when all comes once more.
    private static List<String> restless(WatchedFolder folder, List<FileEvent> all)
            throws Exception {
        List<String> before = rows(folder);
        folder.deliver(all);
        List<String> after = new ArrayList<>(rows(folder));
        after.removeAll(before);
        return after;
    }

    private static List<String> rows(WatchedFolder folder) {
        return folder.admin
                .sql("select t::text from assets t union all select t::text from outbox t")
                .query((row, _) -> row.getString(1))
                .list();
    }
}

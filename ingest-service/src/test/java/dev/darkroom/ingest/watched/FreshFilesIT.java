package dev.darkroom.ingest.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.schema.FileEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// New files that are written together: the same comes of it as when they come one by one.
class FreshFilesIT {
    @TempDir Path scratch;
    private WatchedFolder folder;

    @BeforeEach
    void open() throws Exception {
        folder = new WatchedFolder(scratch, "in-place");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void manyNewFilesBecomeAssetsWithTheirTasksAndEvents() throws Exception {
        List<FileEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(folder.put("day/%02d.jpg".formatted(i), 200 + i));
        }

        folder.deliver(events);

        assertThat(folder.assets()).hasSize(40).allMatch(asset -> asset.endsWith(" v1"));
        for (int i = 0; i < 40; i++) {
            assertThat(folder.events(folder.id("%02d.jpg".formatted(i))))
                    .containsExactly("asset.created.v1");
        }
        assertThat(count("asset_files where role = 'original'")).isEqualTo(40);
        assertThat(count("processing_tasks where task = 'ingest' and status = 'completed'"))
                .isEqualTo(40);
        assertThat(count("processing_tasks where task = 'thumbnail' and status = 'pending'"))
                .isEqualTo(40);
    }

    @Test
    void amongOthersOnlyTheNewOnesAreNew() throws Exception {
        // given
        folder.deliver(folder.put("known.jpg", 250), folder.put("changes.jpg", 251));
        FileEvent gone = folder.put("gone.jpg", 252);
        folder.deliver(folder.delete("gone.jpg"));

        // when: twice the same file, twice the same content, one that is known, a text, a sidecar
        FileEvent first = folder.put("new.jpg", 253);
        folder.deliver(
                folder.put("copy-of-known.jpg", 250),
                folder.put("changes.jpg", 254),
                first,
                folder.put("twin.jpg", 253),
                folder.put("notes.txt", "Dear diary,"),
                folder.put(
                        "rated.jpg.xmp",
                        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                                + "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"4\"/>"
                                + "</rdf:RDF></x:xmpmeta>"),
                folder.put("rated.jpg", 255),
                gone,
                folder.move("new.jpg", "moved.jpg"));

        // then
        // One asset of the content that two files have; which of them it is named after depends on
        // whose event comes first, and events of different files have no order.
        assertThat(folder.assets())
                .hasSize(4)
                .contains("known.jpg v1", "changes.jpg v2", "rated.jpg v1")
                .containsAnyOf("moved.jpg v1", "twin.jpg v1");
        assertThat(folder.value("rated.jpg", "rating")).isEqualTo("4");
    }

    @Test
    void whatBecameKnownMeanwhileIsNotMadeTwice() throws Exception {
        FileEvent one = folder.put("one.jpg", 260);
        FileEvent other = folder.put("other.jpg", 260);
        Runnable late = folder.lookNow(one);
        folder.deliver(other);

        late.run();
        folder.deliver(one, other);

        assertThat(folder.assets()).containsExactly("other.jpg v1");
        assertThat(folder.events(folder.id("other.jpg"))).containsExactly("asset.created.v1");
    }

    private long count(String from) {
        return folder.admin.sql("select count(*) from " + from).query(Long.class).single();
    }
}

package dev.darkroom.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.command.Typed;
import dev.darkroom.schema.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What somebody types about people, against the whole system, which sorts their faces.
class PeopleCommandsIT {
    private final House house = House.shared();
    private final UUID repository = UUID.randomUUID();
    private final UUID space = UUID.randomUUID();

    /// The system is everybody's, and no model found these faces.
    @AfterEach
    void leaveNothing() throws IOException {
        house.as(Role.LIBRARY)
                .sql(
                        "delete from people where person_id in (select person_id from faces where space_id = :space)")
                .param("space", space)
                .update();
        house.as(Role.INGEST)
                .sql("delete from repositories where repository_id = :id")
                .param("id", repository)
                .update();
        house.as(Role.EMBEDDING)
                .sql("delete from embedding_spaces where space_id = :space")
                .param("space", space)
                .update();
    }

    @Test
    void peopleAreListedNamedMergedAndSplit() throws Exception {
        // given: somebody from the left and from the right
        insertSpace();
        List<UUID> left = List.of(face(0), face(4), face(8));
        List<UUID> right = List.of(face(100), face(104), face(108));
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                house.query(
                                                        "select face_id from faces where person_id is null and space_id = '"
                                                                + space
                                                                + "'")
                                                .isEmpty()
                                        && !personOf(left.getFirst())
                                                .equals(personOf(right.getFirst())));
        String name = "Ada " + repository;
        String one = personOf(left.getFirst());
        String other = personOf(right.getFirst());

        // when, then
        assertThat(type("people", "name", one, name).out()).isEqualTo(name + " has 3 faces\n");
        // a face has the id of its asset here
        assertThat(type("search", "--person", one).out())
                .contains(left.getFirst().toString(), left.getLast().toString())
                .doesNotContain(right.getFirst().toString());
        assertThat(type("people", "merge", name, other).out())
                .isEqualTo(name + " has 6 faces now\n");
        assertThat(type("people", "list", "--named").out()).contains(name).doesNotContain(other);
        assertThat(type("people", "faces", name).out())
                .contains(left.getFirst().toString(), right.getFirst().toString());
        String ida = "Ida " + repository;
        assertThat(type("people", "split", name, right.get(0).toString(), "--name", ida).out())
                .isEqualTo("%s has 1 face, and is not %s%n".formatted(ida, name));
        assertThat(type("people", "split", name, right.get(1).toString(), "--nobody").out())
                .isEqualTo("1 face is nobody's now\n");
        assertThat(type("people", "name", "nobody of this name", "x").err())
                .contains("there is nobody called nobody of this name");
        assertThat(type("people", "split", name, right.get(0).toString()).err())
                .contains("is not one of the person");

        // and: analysts see it
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                !house.records(
                                                "cdc.faces",
                                                record ->
                                                        record.value() != null
                                                                && text(record.value())
                                                                        .contains(
                                                                                personOf(
                                                                                        right
                                                                                                .getFirst())))
                                        .isEmpty());
        assertThat(
                        house.records(
                                "cdc.people",
                                record ->
                                        record.value() != null
                                                && text(record.value()).contains(ida)))
                .isNotEmpty();
    }

    private String personOf(UUID face) {
        try {
            List<String> person =
                    house.query("select person_id from faces where face_id = '" + face + "'");
            return String.valueOf(person.getFirst());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void insertSpace() throws IOException {
        house.as(Role.INGEST)
                .sql(
                        "insert into repositories (repository_id, name, path) values (:id, :name, :path)")
                .param("id", repository)
                .param("name", "people-" + repository)
                .param("path", "/people/" + repository)
                .update();
        house.as(Role.EMBEDDING)
                .sql(
                        "insert into embedding_spaces (space_id, role, model_id, dimension) values (:space, 'face', :model, 2)")
                .param("space", space)
                .param("model", "faces-" + space + "@1")
                .update();
    }

    /// In a photo of its own, looking into a direction.
    private UUID face(int degrees) throws IOException {
        UUID id = UUID.randomUUID();
        house.as(Role.INGEST)
                .sql(
                        """
                        insert into assets (asset_id, repository_id, asset_type, original_filename, storage_path,
                            mime_type, file_size, content_hash)
                        values (:id, :repository, 'photo', 'a.jpg', 'repo://x/' || :id, 'image/jpeg', 1,
                            'sha256:' || encode(sha256(:id::text::bytea), 'hex'))
                        """)
                .param("id", id)
                .param("repository", repository)
                .update();
        house.as(Role.EMBEDDING)
                .sql(
                        """
                        insert into faces (face_id, asset_id, asset_version, model_id, box_left, box_top, box_width,
                            box_height, confidence, space_id, dimension, embedding)
                        values (:id, :id, 1, 'f@1', .1, .1, .2, .2, .9, :space, 2,
                            array[cosd(:degrees), sind(:degrees)]::real[]::halfvec)
                        """)
                .param("id", id)
                .param("space", space)
                .param("degrees", degrees)
                .update();
        return id;
    }

    private Typed type(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data");
        all.add(house.data().toString());
        return Typed.here(all.toArray(String[]::new));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

package dev.darkroom.library.sorting;

import dev.darkroom.database.MigratedDatabase;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Faces as embedding-worker writes them, each in a picture of its own.
final class Gallery {
    final JdbcClient admin;
    private long number;

    Gallery(MigratedDatabase database) {
        this.admin = database.asAdmin();
        admin.sql("insert into repositories (name, path) values ('r', '/r')").update();
    }

    UUID space(int dimension) {
        return admin.sql(
                        """
                        insert into embedding_spaces (role, model_id, dimension, state)
                        values ('face', 'f' || :number || '@1', :dimension, :state)
                        returning space_id
                        """)
                .param("number", ++number)
                .param("dimension", dimension)
                .param("state", number == 1 ? "active" : "building")
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
    }

    UUID owner(String name) {
        return admin.sql("insert into users (username) values (:name) returning user_id")
                .param("name", name)
                .query((row, _) -> row.getObject(1, UUID.class))
                .single();
    }

    UUID face(UUID space, float... vector) {
        return face(space, null, vector);
    }

    /// The ids of faces grow.
    UUID face(UUID space, @Nullable UUID owner, float... vector) {
        UUID id = new UUID(0, ++number);
        admin.sql(
                        """
                        insert into assets (asset_id, repository_id, owner_id, asset_type, original_filename,
                            storage_path, mime_type, file_size, content_hash)
                        select :id, repository_id, :owner::uuid, 'photo', 'a.jpg', 'repo://x/' || :number,
                            'image/jpeg', 1, 'sha256:' || encode(sha256(:number::text::bytea), 'hex')
                        from repositories
                        """)
                .param("id", id)
                .param("owner", owner == null ? null : owner.toString(), Types.VARCHAR)
                .param("number", number)
                .update();
        admin.sql(
                        """
                        insert into faces (face_id, asset_id, asset_version, model_id, box_left, box_top, box_width,
                            box_height, confidence, space_id, dimension, embedding)
                        select :id, :id, 1, model_id, .1, .1, .2, .2, .9, space_id, dimension, :vector::halfvec
                        from embedding_spaces where space_id = :space
                        """)
                .param("id", id)
                .param("space", space)
                .param("vector", Arrays.toString(vector))
                .update();
        return id;
    }

    /// A face that looks into a direction of a plane.
    UUID at(UUID space, int degrees) {
        double angle = Math.toRadians(degrees);
        return face(space, (float) Math.cos(angle), (float) Math.sin(angle));
    }

    UUID person(@Nullable String name, UUID... faces) {
        UUID id = UUID.randomUUID();
        admin.sql("insert into people (person_id, name) values (:id, :name)")
                .param("id", id)
                .param("name", name, Types.VARCHAR)
                .update();
        for (UUID face : faces) {
            admin.sql("update faces set person_id = ?, confirmed = true where face_id = ?")
                    .params(id, face)
                    .update();
        }
        return id;
    }

    @Nullable UUID personOf(UUID face) {
        return admin.sql("select person_id from faces where face_id = ?")
                .param(face)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .getFirst();
    }

    /// Who belongs together, whatever people are called.
    List<List<UUID>> people() {
        SortedMap<UUID, List<UUID>> people = new TreeMap<>();
        admin.sql(
                        "select person_id, face_id from faces where person_id is not null order by face_id")
                .query(
                        row -> {
                            people.computeIfAbsent(
                                            row.getObject(1, UUID.class), _ -> new ArrayList<>())
                                    .add(row.getObject(2, UUID.class));
                        });
        return people.values().stream()
                .sorted((one, other) -> one.getFirst().compareTo(other.getFirst()))
                .collect(Collectors.toList());
    }

    /// As if nobody had ever been sorted.
    void forget() {
        admin.sql("update faces set person_id = null, comparison = 'new'").update();
        admin.sql("delete from people").update();
    }

    /// How many people there are.
    long size() {
        return admin.sql("select count(*) from people").query(Long.class).single();
    }

    /// How many faces wait.
    long due() {
        return admin.sql("select count(*) from faces where comparison <> 'done'")
                .query(Long.class)
                .single();
    }
}

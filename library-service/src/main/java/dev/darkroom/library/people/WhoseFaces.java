package dev.darkroom.library.people;

import dev.darkroom.database.Sql;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `people`, and of `faces` who they belong to, as people change them.
///
/// A face that somebody has spoken about is `confirmed`: no comparison takes it away again, and it
/// keeps that when it is found anew.
class WhoseFaces {
    static final Sql OWNER =
            new Sql("select owner_id from people where person_id = :person for update");

    static final Sql OF_FACE =
            new Sql(
                    """
                    select f.person_id, a.owner_id
                    from faces f join assets a on a.asset_id = f.asset_id
                    where f.face_id = :face
                    """);

    static final Sql THEIRS =
            new Sql(
                    """
                    select face_id from faces
                    where face_id = any(:faces::uuid[]) and person_id = :person and not ignored
                    """);

    static final Sql CREATE =
            new Sql(
                    """
                    insert into people (person_id, owner_id, name)
                    values (:person, :owner::uuid, :name::text)
                    """);

    static final Sql CHANGE =
            new Sql(
                    """
                    update people set
                        name = case when :name::text is null then name else nullif(:name::text, '') end,
                        notes = case when :notes::text is null then notes else nullif(:notes::text, '') end,
                        birthdate = case when :birthdate::text is null then birthdate
                            else nullif(:birthdate::text, '')::date end,
                        selected_thumbnail_face_id = coalesce(:face::uuid, selected_thumbnail_face_id)
                    where person_id = :person
                    """);

    /// What is near them may be the same person's now.
    static final Sql GIVE =
            new Sql(
                    """
                    update faces set person_id = :person, confirmed = true, ignored = false, comparison = 'again'
                    where face_id = any(:faces::uuid[])
                        and (person_id is distinct from :person or not confirmed or ignored)
                    """);

    static final Sql TAKE_AWAY =
            new Sql(
                    """
                    update faces set person_id = null, confirmed = true, ignored = :ignored, comparison = 'done'
                    where face_id = any(:faces::uuid[])
                        and (person_id is not null or not confirmed or ignored is distinct from :ignored)
                    """);

    /// As if it had just been found.
    static final Sql NOTICE =
            new Sql(
                    """
                    update faces set ignored = false, confirmed = false, comparison = 'new'
                    where face_id = :face and ignored
                    """);

    static final Sql MOVE_ALL =
            new Sql("update faces set person_id = :into where person_id = :person");

    /// What is known of somebody goes with them, unless the other's is known.
    static final Sql INHERIT =
            new Sql(
                    """
                    update people i set name = coalesce(i.name, p.name), notes = coalesce(i.notes, p.notes),
                        birthdate = coalesce(i.birthdate, p.birthdate),
                        representative_face_id = coalesce(i.representative_face_id, p.representative_face_id),
                        selected_thumbnail_face_id =
                            coalesce(i.selected_thumbnail_face_id, p.selected_thumbnail_face_id)
                    from people p
                    where i.person_id = :into and p.person_id = :person
                    """);

    static final Sql MOVE_EVENTS =
            new Sql("update events set person_id = :into where person_id = :person");

    static final Sql MOVE_RELATIONSHIPS =
            new Sql(
                    """
                    update relationships r set
                        person1_id = case when r.person1_id = :person then :into else r.person1_id end,
                        person2_id = case when r.person2_id = :person then :into else r.person2_id end
                    where :person in (r.person1_id, r.person2_id) and :into not in (r.person1_id, r.person2_id)
                        and not exists (
                            select from relationships o
                            where o.relationship_type = r.relationship_type
                                and o.person1_id = case when r.person1_id = :person then :into else r.person1_id end
                                and o.person2_id = case when r.person2_id = :person then :into else r.person2_id end)
                    """);

    static final Sql DELETE = new Sql("delete from people where person_id = :person");

    /// A face that stands for somebody is one of theirs.
    static final Sql SHOW_ONES_OWN =
            new Sql(
                    """
                    update people p set
                        selected_thumbnail_face_id = (
                            select face_id from faces f where f.face_id = p.selected_thumbnail_face_id
                                and f.person_id = p.person_id),
                        representative_face_id = coalesce(
                            (select face_id from faces f where f.face_id = p.representative_face_id
                                and f.person_id = p.person_id),
                            (select face_id from faces f where f.person_id = p.person_id
                                order by f.confidence desc, f.box_width * f.box_height desc, f.face_id limit 1))
                    where p.person_id = any(:people::uuid[])
                    """);

    /// Who has no face left, and of whom nothing is known, was never there.
    static final Sql FORGET_NOBODY =
            new Sql(
                    """
                    delete from people p
                    where p.person_id = any(:people::uuid[])
                        and num_nonnulls(p.name, p.notes, p.birthdate) = 0
                        and not exists (select from faces f where f.person_id = p.person_id)
                        and not exists (select from events e where e.person_id = p.person_id)
                        and not exists (
                            select from relationships r where p.person_id in (r.person1_id, r.person2_id))
                    """);

    private final JdbcClient jdbc;

    WhoseFaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whose library knows somebody.
    ///
    /// @param owner null where nobody owns it
    record Owner(@Nullable UUID owner) {}

    /// Whose a face is.
    ///
    /// @param owner of the library it is in, null where nobody owns it
    record FaceOwner(@Nullable UUID person, @Nullable UUID owner) {}

    /// Empty when there is no such person.
    Optional<Owner> owner(UUID person) {
        return jdbc.sql(OWNER.text())
                .param("person", person)
                .query((row, _) -> new Owner(row.getObject(1, UUID.class)))
                .optional();
    }

    /// Empty when there is no such face.
    Optional<FaceOwner> ofFace(UUID face) {
        return jdbc.sql(OF_FACE.text())
                .param("face", face)
                .query(
                        (row, _) ->
                                new FaceOwner(
                                        row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .optional();
    }

    /// Those of the faces that are the person's.
    Collection<UUID> theirs(UUID person, Collection<UUID> faces) {
        return jdbc.sql(THEIRS.text())
                .param("person", person)
                .param("faces", texts(faces))
                .query((row, _) -> row.getObject(1, UUID.class))
                .set();
    }

    void create(UUID person, @Nullable UUID owner, @Nullable String name) {
        jdbc.sql(CREATE.text())
                .param("person", person)
                .param("owner", text(owner), Types.VARCHAR)
                .param("name", name, Types.VARCHAR)
                .update();
    }

    void change(UUID person, PersonChange change) {
        jdbc.sql(CHANGE.text())
                .param("person", person)
                .param("name", change.name(), Types.VARCHAR)
                .param("notes", change.notes(), Types.VARCHAR)
                .param("birthdate", change.birthdate(), Types.VARCHAR)
                .param("face", text(change.faceId()), Types.VARCHAR)
                .update();
    }

    void give(Collection<UUID> faces, UUID person) {
        jdbc.sql(GIVE.text()).param("faces", texts(faces)).param("person", person).update();
    }

    void takeAway(Collection<UUID> faces, boolean ignored) {
        jdbc.sql(TAKE_AWAY.text()).param("faces", texts(faces)).param("ignored", ignored).update();
    }

    void notice(UUID face) {
        jdbc.sql(NOTICE.text()).param("face", face).update();
    }

    /// All that is one person's becomes another's, who alone is left.
    void merge(UUID person, UUID into) {
        for (Sql move : List.of(MOVE_ALL, INHERIT, MOVE_EVENTS, MOVE_RELATIONSHIPS)) {
            jdbc.sql(move.text()).param("person", person).param("into", into).update();
        }
        jdbc.sql(DELETE.text()).param("person", person).update();
    }

    /// After faces went from somebody to somebody.
    void tidy(Collection<UUID> people) {
        jdbc.sql(SHOW_ONES_OWN.text()).param("people", texts(people)).update();
        jdbc.sql(FORGET_NOBODY.text()).param("people", texts(people)).update();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}

package dev.darkroom.library.people;

import dev.darkroom.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The `people` rows, to look at. Who has neither a name nor a face in the library is nobody to
/// show.
class People {
    /// Counted in one pass: a page needs the counts of all to put them in order.
    static final Sql FIND =
            new Sql(
            """
            with counted as (
                select f.person_id, count(*) as faces, count(distinct f.asset_id) as assets,
                    (array_agg(f.face_id order by f.confidence desc, f.face_id))[1] as clearest
                from faces f join assets a on a.asset_id = f.asset_id and a.deleted_at is null
                where f.person_id is not null and not f.ignored
                    and (:person::uuid is null or f.person_id = :person::uuid)
                group by f.person_id
            ), listed as (
                select p.person_id, p.name, p.notes, p.birthdate, p.created_at,
                    coalesce(c.faces, 0) as faces, coalesce(c.assets, 0) as assets,
                    coalesce(s.face_id, r.face_id, c.clearest) as shown, p.name is null as unnamed,
                    lower(coalesce(p.name, '')) as letters,
                    case when p.name is null then coalesce(c.faces, 0) else 0 end as size
                from people p
                left join counted c on c.person_id = p.person_id
                left join faces s on s.face_id = p.selected_thumbnail_face_id and s.person_id = p.person_id
                left join faces r on r.face_id = p.representative_face_id and r.person_id = p.person_id
                where (:person::uuid is null or p.person_id = :person::uuid)
                    and (c.faces is not null or p.name is not null)
            )
            select l.*,
            """
                    + Faces.SHAPE
                    + """
                     as shape
                    from listed l left join faces f on f.face_id = l.shown
                    """);

    static final Sql LIST =
            new Sql(FIND.text()
                            + """
                            where (:pattern::text is null or l.name ilike :pattern::text)
                                and (l.unnamed, l.letters, -l.size, l.person_id)
                                    > (:unnamed, :letters, -:size::bigint, :id)
                            order by l.unnamed, l.letters, l.size desc, l.person_id
                            limit :limit
                            """);

    private final JdbcClient jdbc;

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Person> find(UUID person) {
        return jdbc.sql(FIND.text())
                .param("person", person.toString(), Types.VARCHAR)
                .query(People::person)
                .optional();
    }

    /// @param named part of a name, or null for everybody
    List<Listed> after(PeopleCursor position, @Nullable String named, int limit) {
        return jdbc.sql(LIST.text())
                .param("person", null, Types.VARCHAR)
                .param("pattern", named == null ? null : containing(named), Types.VARCHAR)
                .param("unnamed", position.unnamed())
                .param("letters", position.name())
                .param("size", position.faces())
                .param("id", position.id())
                .param("limit", limit)
                .query((row, n) -> new Listed(person(row, n), position(row)))
                .list();
    }

    /// Somebody, and where they stand in the list.
    record Listed(Person person, PeopleCursor position) {}

    /// From the row: PostgreSQL has its own small letters.
    private static PeopleCursor position(ResultSet row) throws SQLException {
        return new PeopleCursor(
                row.getBoolean("unnamed"),
                row.getString("letters"),
                row.getLong("size"),
                Objects.requireNonNull(row.getObject("person_id", UUID.class)));
    }

    private static String containing(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        UUID id = Objects.requireNonNull(row.getObject("person_id", UUID.class));
        UUID shown = row.getObject("shown", UUID.class);
        return new Person(
                id,
                row.getString("name"),
                row.getString("notes"),
                row.getObject("birthdate", LocalDate.class),
                row.getLong("faces"),
                row.getLong("assets"),
                shown,
                shown == null ? null : Faces.pictureUrl(shown, row.getString("shape")),
                Faces.time(row, "created_at"),
                Person.Links.of(id));
    }
}

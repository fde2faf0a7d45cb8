package dev.darkroom.ingest.sidecar;

import dev.darkroom.database.Sql;
import dev.darkroom.delivery.Outbox;
import dev.darkroom.ingest.file.FileRow;
import dev.darkroom.ingest.file.LookAgain;
import dev.darkroom.ingest.file.WatchedRepository;
import dev.darkroom.media.SidecarFacts;
import dev.darkroom.schema.AssetUpdated;
import dev.darkroom.schema.FilePath;
import dev.darkroom.schema.StorageUri;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What sidecars add to assets: the values in `assets`, and a row of `asset_files` with the role
/// `sidecar` that remembers what it set and what was there before.
public class Sidecars {
    /// Assets whose file may have a sidecar of this base, or that this sidecar was read for.
    static final Sql CONCERNED =
            new Sql(
                    """
                    select f.file_path, a.asset_id
                    from file_records f join assets a on a.file_id = f.file_id
                    where f.repository_id = :repository::uuid and (f.file_path = :base
                        or (f.file_path >= :base || '.' and f.file_path < :base || '/'))
                    union
                    select f.file_path, a.asset_id
                    from asset_files s
                    join assets a on a.asset_id = s.asset_id
                    join file_records f on f.file_id = a.file_id
                    where s.role = 'sidecar' and s.storage_path = any(:sidecars::text[])
                    """);

    static final Sql VALUES =
            new Sql(
                    """
                    select version, description, rating, taken_at, latitude, longitude, altitude
                    from assets where asset_id = :id::uuid
                    """);

    static final Sql APPLIED =
            new Sql(
                    """
                    select file_id, storage_path, content_hash, asset_version, metadata
                    from asset_files where asset_id = :id::uuid and role = 'sidecar'
                    """);

    static final Sql SET_VALUES =
            new Sql(
                    """
                    update assets set description = :description, rating = :rating::smallint,
                        taken_at = :taken::timestamptz, latitude = :latitude::numeric,
                        longitude = :longitude::numeric, altitude = :altitude::numeric
                    where asset_id = :id::uuid
                    """);

    static final Sql FORGET =
            new Sql("delete from asset_files where asset_id = :id::uuid and role = 'sidecar'");

    static final Sql REMEMBER =
            new Sql(
                    """
                    insert into asset_files (file_id, asset_id, role, storage_path, content_hash, file_size,
                        mime_type, asset_version, metadata, rating, keywords)
                    values (:file::uuid, :id::uuid, 'sidecar', :path, :hash, :size, 'application/rdf+xml',
                        :version, :metadata::jsonb, :rating::smallint, :keywords::text[])
                    on conflict (file_id) do update set
                        storage_path = excluded.storage_path,
                        content_hash = excluded.content_hash,
                        file_size = excluded.file_size,
                        asset_version = excluded.asset_version,
                        metadata = excluded.metadata,
                        rating = excluded.rating,
                        keywords = excluded.keywords
                    """);

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final SidecarReader reader;
    private final JsonMapper json = new JsonMapper();

    public Sidecars(JdbcClient jdbc, Outbox outbox, SidecarReader reader) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.reader = reader;
    }

    /// An asset, and where its file lies.
    public record Home(UUID assetId, FilePath path) {}

    /// The row of a sidecar that was read before.
    ///
    /// @param merge what it set
    private record Applied(
            UUID fileId, String path, String contentHash, long version, SidecarMerge merge) {}

    private record Values(long version, Map<String, String> fields) {}

    /// What is remembered in the column `metadata`.
    private record Memory(
            @Nullable String title,
            Map<String, String> applied,
            Map<String, String> replaced,
            List<String> kept) {}

    /// The assets that a sidecar at this path belongs to, or that one which lay there did.
    ///
    /// @param paths where it lies, and where it lay
    public List<Home> concerned(WatchedRepository repository, List<FilePath> paths) {
        List<Home> homes = new ArrayList<>();
        String[] uris =
                paths.stream()
                        .map(path -> StorageUri.ofFile(repository.id(), path).text())
                        .toArray(String[]::new);
        for (FilePath path : paths) {
            String base = SidecarNames.base(path);
            jdbc
                    .sql(CONCERNED.text())
                    .param("repository", repository.id().toString())
                    .param("base", base)
                    .param("sidecars", uris)
                    .query(Sidecars::home)
                    .list()
                    .stream()
                    .filter(home -> !homes.contains(home))
                    .forEach(homes::add);
        }
        return homes;
    }

    /// Makes an asset say what the sidecar of its file says, in the running transaction.
    ///
    /// @param read the sidecars that were read beforehand
    /// @throws LookAgain when the one that counts is not among them
    public void refresh(WatchedRepository repository, Home home, Map<Long, SidecarRead> read) {
        Optional<FileRow> sidecar = reader.find(repository, home.path());
        Applied before = applied(home.assetId());
        if (sidecar.isEmpty() && before == null) {
            return;
        }
        Values now = values(home.assetId());
        if (sidecar.isEmpty()) {
            write(home.assetId(), now, Objects.requireNonNull(before), null, null, "");
            return;
        }
        FileRow row = sidecar.get();
        String uri = StorageUri.ofFile(repository.id(), row.path()).text();
        if (before != null
                && before.path().equals(uri)
                && before.contentHash().equals(row.sha256().contentHash())
                && before.version() == now.version()) {
            return;
        }
        switch (read.get(row.fileId())) {
            case SidecarRead.Said said when said.sha256().equals(row.sha256()) ->
                    write(home.assetId(), now, before, row, said.facts(), uri);
            case SidecarRead.NotNow _ -> {}
            case null, default ->
                    throw new LookAgain("a sidecar came while its file was read: " + row.path());
        }
    }

    private void write(
            UUID assetId,
            Values now,
            @Nullable Applied before,
            @Nullable FileRow sidecar,
            @Nullable SidecarFacts facts,
            String uri) {
        SidecarMerge last = before == null ? SidecarMerge.NOTHING : before.merge();
        if (before != null && before.version() != now.version()) {
            last =
                    last.forgetting(
                            SidecarMerge.TAKEN_AT, SidecarMerge.POSITION, SidecarMerge.ALTITUDE);
        }
        SidecarMerge next =
                last.next(now.fields(), facts == null ? Map.of() : SidecarText.of(facts));
        if (!next.values().equals(now.fields())) {
            set(assetId, next.values());
        }
        if (sidecar == null || facts == null) {
            jdbc.sql(FORGET.text()).param("id", assetId.toString()).update();
        } else {
            remember(assetId, now.version(), before, sidecar, facts, uri, next);
        }
        outbox.add(
                List.of(
                        new AssetUpdated(
                                assetId,
                                now.version(),
                                changed(now.fields(), next.values()),
                                Instant.now())));
    }

    private void set(UUID assetId, Map<String, String> values) {
        String position = values.get(SidecarMerge.POSITION);
        int comma = position == null ? -1 : position.indexOf(',');
        jdbc.sql(SET_VALUES.text())
                .param("id", assetId.toString())
                .param("description", values.get(SidecarMerge.DESCRIPTION), Types.VARCHAR)
                .param("rating", values.getOrDefault(SidecarMerge.RATING, "0"))
                .param("taken", values.get(SidecarMerge.TAKEN_AT), Types.VARCHAR)
                .param(
                        "latitude",
                        position == null ? null : position.substring(0, comma),
                        Types.VARCHAR)
                .param(
                        "longitude",
                        position == null ? null : position.substring(comma + 1),
                        Types.VARCHAR)
                .param("altitude", values.get(SidecarMerge.ALTITUDE), Types.VARCHAR)
                .update();
    }

    private void remember(
            UUID assetId,
            long version,
            @Nullable Applied before,
            FileRow sidecar,
            SidecarFacts facts,
            String uri,
            SidecarMerge merge) {
        Memory memory =
                new Memory(
                        facts.title(),
                        merge.applied(),
                        merge.replaced(),
                        merge.kept().stream().sorted().toList());
        Integer rating = facts.rating();
        UUID fileId = before == null ? UUID.randomUUID() : before.fileId();
        jdbc.sql(REMEMBER.text())
                .param("file", fileId.toString())
                .param("id", assetId.toString())
                .param("path", uri)
                .param("hash", sidecar.sha256().contentHash())
                .param("size", sidecar.size())
                .param("version", version)
                .param("metadata", json.writeValueAsString(memory))
                .param("rating", rating == null ? 0 : Math.max(0, rating))
                .param("keywords", facts.keywords().toArray(String[]::new))
                .update();
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        List<String> changed = new ArrayList<>();
        for (String field : SidecarMerge.FIELDS) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                changed.addAll(
                        field.equals(SidecarMerge.POSITION)
                                ? List.of("latitude", "longitude")
                                : List.of(field));
            }
        }
        changed.add("sidecar");
        return changed.stream().sorted().toList();
    }

    private @Nullable Applied applied(UUID assetId) {
        return jdbc.sql(APPLIED.text())
                .param("id", assetId.toString())
                .query((row, _) -> applied(row))
                .optional()
                .orElse(null);
    }

    private Applied applied(ResultSet row) throws SQLException {
        Memory memory = json.readValue(row.getString("metadata"), Memory.class);
        return new Applied(
                row.getObject("file_id", UUID.class),
                row.getString("storage_path"),
                row.getString("content_hash"),
                row.getLong("asset_version"),
                new SidecarMerge(
                        Map.of(), memory.applied(), memory.replaced(), Set.copyOf(memory.kept())));
    }

    private Values values(UUID assetId) {
        return jdbc.sql(VALUES.text())
                .param("id", assetId.toString())
                .query((row, _) -> values(row))
                .single();
    }

    private static Values values(ResultSet row) throws SQLException {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, SidecarMerge.DESCRIPTION, row.getString("description"));
        put(fields, SidecarMerge.RATING, SidecarText.rating(row.getInt("rating")));
        OffsetDateTime taken = row.getObject("taken_at", OffsetDateTime.class);
        put(
                fields,
                SidecarMerge.TAKEN_AT,
                taken == null ? null : SidecarText.time(taken.toInstant()));
        BigDecimal latitude = row.getBigDecimal("latitude");
        BigDecimal longitude = row.getBigDecimal("longitude");
        if (latitude != null && longitude != null) {
            fields.put(SidecarMerge.POSITION, SidecarText.position(latitude, longitude));
        }
        BigDecimal altitude = row.getBigDecimal("altitude");
        put(
                fields,
                SidecarMerge.ALTITUDE,
                altitude == null ? null : SidecarText.altitude(altitude));
        return new Values(row.getLong("version"), fields);
    }

    private static void put(Map<String, String> map, String field, @Nullable String value) {
        if (value != null) {
            map.put(field, value);
        }
    }

    private static Home home(ResultSet row, int number) throws SQLException {
        return new Home(row.getObject("asset_id", UUID.class), new FilePath(row.getString(1)));
    }
}

create table audio_tracks (
    asset_id         uuid primary key references assets on delete cascade,
    asset_version    bigint        not null check (asset_version >= 1),
    title            varchar(500)  not null,
    artist           varchar(500),
    album            varchar(500),
    album_artist     varchar(500),
    genre            varchar(100),
    year             smallint      check (year between 1800 and 2100),
    track_number     smallint      check (track_number > 0),
    duration_seconds numeric(12,3) check (duration_seconds >= 0),
    channels         smallint      check (channels between 1 and 16),
    sample_rate      int           check (sample_rate > 0),
    bitrate          int           check (bitrate > 0),
    format           varchar(50),
    search_vector    tsvector,
    created_at       timestamptz   not null default now(),
    updated_at       timestamptz   not null default now()
);
comment on table audio_tracks is 'What an audio asset says of itself, one row each (R2). Its status is in processing_tasks, its bytes in asset_files; loist.audio_tracks has them together.';
comment on column audio_tracks.asset_version is 'The version of the asset that it was read from.';
comment on column audio_tracks.title is 'The file''s name where it has no title.';
comment on column audio_tracks.sample_rate is 'Samples per second.';
comment on column audio_tracks.bitrate is 'Bits per second.';
create index audio_tracks_artist_album_idx on audio_tracks (artist, album);
create index audio_tracks_created_idx on audio_tracks (created_at);
create index audio_tracks_search_idx on audio_tracks using gin (search_vector);
create index audio_tracks_title_trgm_idx on audio_tracks using gin (title gin_trgm_ops);
create index audio_tracks_artist_trgm_idx on audio_tracks using gin (artist gin_trgm_ops);
create index audio_tracks_album_trgm_idx on audio_tracks using gin (album gin_trgm_ops);

-- LO-3: title and artist before album before genre.
create function audio_tracks_search_vector() returns trigger language plpgsql as $$
begin
    new.search_vector :=
        setweight(to_tsvector('simple', concat_ws(' ', new.title, new.artist, new.album_artist)), 'A') ||
        setweight(to_tsvector('simple', coalesce(new.album, '')), 'B') ||
        setweight(to_tsvector('simple', coalesce(new.genre, '')), 'C');
    return new;
end
$$;
create trigger audio_tracks_search_vector before insert or update of
    title, artist, album_artist, album, genre on audio_tracks
    for each row execute function audio_tracks_search_vector();
create trigger audio_tracks_updated_at before update on audio_tracks
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on audio_tracks to darkroom_ingest;
grant select on audio_tracks to
    darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library, darkroom_cdc;

alter publication darkroom_cdc add table
    audio_tracks (asset_id, asset_version, title, artist, album, album_artist, genre, year, track_number,
        duration_seconds, channels, sample_rate, bitrate, format, created_at, updated_at);

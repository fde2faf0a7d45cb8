create table repositories (
    repository_id    uuid primary key default gen_random_uuid(),
    name             varchar(255) not null check (name <> ''),
    path             text         not null unique,
    owner_id         uuid,
    storage_strategy text         not null default 'date' check (storage_strategy in ('date', 'flat', 'cas')),
    is_default       boolean      not null default false,
    created_at       timestamptz  not null default now(),
    updated_at       timestamptz  not null default now()
);
comment on table repositories is 'A place where originals live. storage_strategy says how their folders are named (R35).';
create unique index repositories_default_idx on repositories (is_default) where is_default;
create index repositories_owner_idx on repositories (owner_id);
create trigger repositories_updated_at before update on repositories
    for each row execute function update_updated_at_column();

create table assets (
    asset_id          uuid primary key default gen_random_uuid(),
    asset_no          bigint generated always as identity unique,
    repository_id     uuid          not null references repositories on delete cascade,
    owner_id          uuid,
    version           bigint        not null default 1 check (version >= 1),
    asset_type        asset_type    not null,
    original_filename varchar(255)  not null check (original_filename <> ''),
    storage_path      text          not null check (storage_path ~ '^(repo|file|s3|gs)://'),
    mime_type         varchar(255)  not null,
    file_size         bigint        not null check (file_size >= 0),
    content_hash      text          not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    blake3_hash       text          check (blake3_hash ~ '^[0-9a-f]{64}$'),
    width             int           check (width > 0),
    height            int           check (height > 0),
    orientation       smallint      check (orientation between 1 and 8),
    duration_seconds  numeric(12,3) check (duration_seconds >= 0),
    uploaded_at       timestamptz   not null default now(),
    taken_at          timestamptz,
    sort_time         timestamptz   not null generated always as (coalesce(taken_at, uploaded_at)) stored,
    camera_make       varchar(255),
    camera_model      varchar(255),
    lens_model        varchar(255),
    iso               int           check (iso >= 0),
    aperture          numeric(5,2)  check (aperture >= 0),
    shutter_speed     varchar(32),
    focal_length      numeric(6,2)  check (focal_length >= 0),
    latitude          numeric(10,8) check (latitude between -90 and 90),
    longitude         numeric(11,8) check (longitude between -180 and 180),
    altitude          numeric(10,2),
    description       text,
    rating            smallint      not null default 0 check (rating between 0 and 5),
    liked             boolean       not null default false,
    is_raw            boolean       not null default false,
    is_transcoded     boolean       not null default false,
    transcoded_path   text          check (transcoded_path ~ '^(repo|file|s3|gs)://'),
    specific_metadata jsonb         not null default '{}',
    search_vector     tsvector,
    ready_version     bigint        not null default 0,
    deleted_at        timestamptz,
    created_at        timestamptz   not null default now(),
    updated_at        timestamptz   not null default now(),
    check ((latitude is null) = (longitude is null))
);
comment on table assets is 'One row per photo, video or audio track in the library.';
comment on column assets.asset_no is 'The numeric id of the reference systems (R1).';
comment on column assets.version is 'Grows with each new content; results made from an older one never replace a newer.';
comment on column assets.storage_path is 'A storage URI (R30).';
comment on column assets.sort_time is 'taken_at, else uploaded_at (R5).';
comment on column assets.ready_version is 'The latest version for which all required tasks are completed; 0 before the first.';

-- R11: the same bytes are one asset. NULLS NOT DISTINCT: also when nobody owns them.
create unique index assets_content_key on assets (owner_id, repository_id, content_hash)
    nulls not distinct where deleted_at is null;
create index assets_sort_time_idx on assets (sort_time desc, asset_id desc) where deleted_at is null;
create index assets_owner_type_uploaded_idx on assets (owner_id, asset_type, uploaded_at desc);
create index assets_type_idx on assets (asset_type);
create index assets_repository_idx on assets (repository_id);
create index assets_hash_idx on assets (content_hash);
create index assets_uploaded_idx on assets (uploaded_at desc);
create index assets_taken_idx on assets (taken_at desc);
create index assets_created_idx on assets (created_at desc);
create index assets_rating_idx on assets (rating desc);
create index assets_liked_idx on assets (liked) where liked;
create index assets_camera_idx on assets (camera_make, camera_model);
create index assets_metadata_path_idx on assets using gin (specific_metadata jsonb_path_ops);
create index assets_metadata_keys_idx on assets using gin (specific_metadata);
create index assets_search_idx on assets using gin (search_vector);
create index assets_filename_trgm_idx on assets using gin (original_filename gin_trgm_ops);

-- R33: a trigger, because pgoutput before PostgreSQL 18 leaves stored generated columns out.
create function assets_search_vector() returns trigger language plpgsql as $$
begin
    new.search_vector :=
        setweight(to_tsvector('simple', regexp_replace(new.original_filename, '[^[:alnum:]]+', ' ', 'g')), 'A') ||
        setweight(to_tsvector('simple', coalesce(new.description, '')), 'B') ||
        setweight(to_tsvector('simple', concat_ws(' ', new.camera_make, new.camera_model, new.lens_model)), 'C');
    return new;
end
$$;
create trigger assets_search_vector before insert or update of
    original_filename, description, camera_make, camera_model, lens_model on assets
    for each row execute function assets_search_vector();
create trigger assets_updated_at before update on assets
    for each row execute function update_updated_at_column();

create table asset_files (
    file_id              uuid primary key default gen_random_uuid(),
    asset_id             uuid         not null references assets on delete cascade,
    role                 text         not null check (role in ('original', 'thumbnail', 'transcode', 'depth', 'waveform', 'sidecar')),
    tier                 text         not null default 'bronze' check (tier in ('bronze', 'silver', 'gold')),
    storage_path         text         not null check (storage_path ~ '^(repo|file|s3|gs)://'),
    content_hash         text         not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    file_size            bigint       not null check (file_size >= 0),
    mime_type            varchar(255) not null,
    asset_version        bigint       not null default 1 check (asset_version >= 1),
    metadata             jsonb        not null default '{}',
    is_reviewed          boolean      not null default false,
    rating               smallint     not null default 0 check (rating between 0 and 5),
    keywords             text[]       not null default '{}',
    location             text,
    event_type           text,
    event_name           text,
    perceptual_hash      text,
    ai_short_description text,
    processing_state     text         not null default 'processed' check (processing_state in ('processed', 'promoted', 'rejected')),
    created_at           timestamptz  not null default now(),
    updated_at           timestamptz  not null default now(),
    unique (asset_id, role, tier, asset_version)
);
comment on table asset_files is 'The files behind an asset: its original and what belongs to it, in tiers (R2).';
create index asset_files_hash_idx on asset_files (content_hash);
create index asset_files_path_idx on asset_files (storage_path);
create trigger asset_files_updated_at before update on asset_files
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on repositories, assets, asset_files to darkroom_ingest;
grant select on repositories, assets, asset_files to
    darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library, darkroom_cdc;
grant update (description, rating, liked, deleted_at) on assets to darkroom_library;

alter publication darkroom_cdc add table
    repositories (repository_id, name, path, owner_id, storage_strategy, is_default, created_at, updated_at),
    assets (asset_id, asset_no, repository_id, owner_id, version, asset_type, original_filename, storage_path,
        mime_type, file_size, content_hash, blake3_hash, width, height, orientation, duration_seconds, uploaded_at,
        taken_at, camera_make, camera_model, lens_model, iso, aperture, shutter_speed, focal_length, latitude,
        longitude, altitude, description, rating, liked, is_raw, is_transcoded, transcoded_path, specific_metadata,
        ready_version, deleted_at, created_at, updated_at),
    asset_files (file_id, asset_id, role, tier, storage_path, content_hash, file_size, mime_type, asset_version,
        metadata, is_reviewed, rating, keywords, location, event_type, event_name, perceptual_hash,
        ai_short_description, processing_state, created_at, updated_at);

create table thumbnails (
    thumbnail_id  uuid         not null default gen_random_uuid() unique,
    asset_id      uuid         not null references assets on delete cascade,
    size          text         not null check (size ~ '^[a-z][a-z0-9-]{0,31}$'),
    asset_version bigint       not null check (asset_version >= 1),
    storage_path  text         not null check (storage_path ~ '^(repo|file|s3|gs)://'),
    content_hash  text         not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    file_size     bigint       not null check (file_size > 0),
    mime_type     varchar(255) not null default 'image/jpeg',
    width         int          not null check (width > 0),
    height        int          not null check (height > 0),
    thumbhash     bytea        check (octet_length(thumbhash) <= 64),
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now(),
    primary key (asset_id, size)
);
comment on table thumbnails is 'One row per asset and profile: small, medium, large (R12).';
comment on column thumbnails.thumbhash is 'A blurred placeholder in about 25 bytes, the same for each size of an asset.';
create trigger thumbnails_updated_at before update on thumbnails
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on thumbnails to darkroom_thumbnail;
grant select on thumbnails to darkroom_ingest, darkroom_embedding, darkroom_sync, darkroom_library, darkroom_cdc;

alter publication darkroom_cdc add table
    thumbnails (thumbnail_id, asset_id, size, asset_version, storage_path, content_hash, file_size, mime_type,
        width, height, thumbhash, created_at, updated_at);

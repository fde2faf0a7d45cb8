create table embedding_spaces (
    space_id     uuid primary key default gen_random_uuid(),
    role         text        not null check (role ~ '^[a-z][a-z0-9-]{0,31}$'),
    model_id     text        not null check (model_id ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    dimension    int         not null check (dimension between 1 and 4000),
    metric       text        not null default 'cosine' check (metric in ('cosine', 'l2', 'inner_product')),
    state        text        not null default 'building' check (state in ('building', 'active', 'retired')),
    activated_at timestamptz,
    retired_at   timestamptz,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (role, model_id),
    unique (space_id, dimension)
);
comment on table embedding_spaces is 'The spaces that vectors of one model live in. A new model fills a new space while the old one serves (R15).';
comment on column embedding_spaces.role is 'What the vectors are for, such as visual or face.';
comment on column embedding_spaces.model_id is 'name@digest.';
comment on column embedding_spaces.dimension is 'How many numbers a vector has; 4000 is the most that an index takes.';
create unique index embedding_spaces_active_key on embedding_spaces (role) where state = 'active';
alter table embedding_spaces replica identity full;
create trigger embedding_spaces_updated_at before update on embedding_spaces
    for each row execute function update_updated_at_column();

create table embeddings (
    asset_id      uuid        not null references assets on delete cascade,
    space_id      uuid        not null,
    asset_version bigint      not null check (asset_version >= 1),
    dimension     int         not null,
    embedding     halfvec     not null check (vector_dims(embedding) = dimension),
    created_at    timestamptz not null default now(),
    primary key (asset_id, space_id),
    foreign key (space_id, dimension) references embedding_spaces (space_id, dimension) on delete cascade
);
comment on table embeddings is 'One vector per asset and space. Rows are inserted and deleted, never updated: nobody may.';
comment on column embeddings.asset_version is 'The version of the asset that it was made from.';
comment on column embeddings.dimension is 'That of the space, so that no vector of another length gets in.';
comment on column embeddings.embedding is 'Half precision: 512 numbers stay inside the row, so an exact scan reads no second table. An index per space is made with the space.';
create index embeddings_space_idx on embeddings (space_id);

create table species_predictions (
    prediction_id uuid         not null default gen_random_uuid() unique,
    asset_id      uuid         not null references assets on delete cascade,
    model_id      text         not null check (model_id ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    rank          smallint     not null check (rank >= 1),
    asset_version bigint       not null check (asset_version >= 1),
    species_name  varchar(255) not null check (species_name <> ''),
    common_name   varchar(255),
    confidence    numeric(5,4) not null check (confidence between 0 and 1),
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now(),
    primary key (asset_id, model_id, rank)
);
comment on table species_predictions is 'What a model takes the animal or plant in a picture for, the likeliest first (R16).';
comment on column species_predictions.model_id is 'name@digest.';
comment on column species_predictions.rank is '1 is the likeliest.';
comment on column species_predictions.asset_version is 'The version of the asset that it was made from.';
create index species_predictions_species_idx on species_predictions (species_name);
create index species_predictions_confidence_idx on species_predictions (confidence desc);
create trigger species_predictions_updated_at before update on species_predictions
    for each row execute function update_updated_at_column();

create table depth_maps (
    depth_map_id      uuid         not null default gen_random_uuid() unique,
    asset_id          uuid         not null references assets on delete cascade,
    model_id          text         not null check (model_id ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    format            text         not null check (format in ('png', 'exr', 'npy', 'raw')),
    asset_version     bigint       not null check (asset_version >= 1),
    storage_path      text         not null unique check (storage_path ~ '^(repo|file|s3|gs)://'),
    content_hash      text         not null check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    file_size         bigint       not null check (file_size > 0),
    width             int          not null check (width > 0),
    height            int          not null check (height > 0),
    processing_params jsonb        not null default '{}' check (jsonb_typeof(processing_params) = 'object'),
    generated_at      timestamptz  not null default now(),
    accessed_at       timestamptz  not null default now(),
    access_count      bigint       not null default 0 check (access_count >= 0),
    created_at        timestamptz  not null default now(),
    updated_at        timestamptz  not null default now(),
    primary key (asset_id, model_id, format)
);
comment on table depth_maps is 'How far away each point of a picture is: one file per asset, model and format (VR-6, VR-19).';
comment on column depth_maps.model_id is 'name@digest.';
comment on column depth_maps.asset_version is 'The version of the asset that it was made from.';
comment on column depth_maps.processing_params is 'What the model was run with.';
comment on column depth_maps.accessed_at is 'When it was last read; the one longest unread is the first to be evicted.';
create index depth_maps_accessed_idx on depth_maps (accessed_at);
create index depth_maps_generated_idx on depth_maps (generated_at);
create index depth_maps_hash_idx on depth_maps (content_hash);
create trigger depth_maps_updated_at before update on depth_maps
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on embedding_spaces, species_predictions, depth_maps to darkroom_embedding;
grant select, insert, delete on embeddings to darkroom_embedding;
grant select on embedding_spaces, embeddings, species_predictions, depth_maps to
    darkroom_ingest, darkroom_thumbnail, darkroom_sync, darkroom_library, darkroom_cdc;
grant update (accessed_at, access_count) on depth_maps to darkroom_library;

-- Tables that show whole old rows are published whole: PostgreSQL takes no column list with replica identity full. Which
-- columns leave is held by the committed stream schemas (docs/decisions/0008).
alter publication darkroom_cdc add table
    embedding_spaces,
    embeddings (asset_id, space_id, asset_version, dimension, embedding, created_at),
    species_predictions (prediction_id, asset_id, model_id, rank, asset_version, species_name, common_name,
        confidence, created_at, updated_at),
    depth_maps (depth_map_id, asset_id, model_id, format, asset_version, storage_path, content_hash, file_size,
        width, height, processing_params, generated_at, accessed_at, access_count, created_at, updated_at);

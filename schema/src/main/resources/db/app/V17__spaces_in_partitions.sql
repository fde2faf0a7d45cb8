-- Each space is a partition of `embeddings` with an index of its own: it is filled, indexed and dropped beside the
-- others, and no lock of that work holds them up (docs/decisions/0015).

create schema vectors;
comment on schema vectors is 'The partitions of embeddings, one for each space. Nobody reads them but through it.';

-- What was done about an asset when nothing could be: no model for the task is configured.
alter type task_status add value if not exists 'skipped';

drop view lumilio.embeddings;
alter publication darkroom_cdc drop table embeddings;
alter table embeddings rename to embeddings_before;
alter table embeddings_before set schema vectors;

alter table embedding_spaces
    add column index_kind text not null default 'hnsw' check (index_kind in ('hnsw', 'ivfflat', 'exact')),
    add column index_lists int check (index_lists between 1 and 32768);
comment on column embedding_spaces.index_kind is 'How the space is searched: through an index, or exactly, by reading all of it (R14).';
comment on column embedding_spaces.index_lists is 'Into how many lists IVFFlat sorts the vectors; null for the others.';

create table embeddings (
    asset_id      uuid        not null references assets on delete cascade,
    space_id      uuid        not null,
    asset_version bigint      not null check (asset_version >= 1),
    dimension     int         not null,
    embedding     halfvec     not null check (vector_dims(embedding) = dimension),
    created_at    timestamptz not null default now(),
    primary key (asset_id, space_id),
    foreign key (space_id, dimension) references embedding_spaces (space_id, dimension) on delete cascade
) partition by list (space_id);
comment on table embeddings is 'One vector per asset and space. Rows are inserted and deleted, never updated: nobody may.';
comment on column embeddings.asset_version is 'The version of the asset that it was made from.';
comment on column embeddings.dimension is 'That of the space, so that no vector of another length gets in.';
comment on column embeddings.embedding is 'Half precision: 512 numbers stay inside the row, so an exact scan reads no second table. An index per space is made with the space.';

create function space_partition(space uuid) returns text
    language sql immutable set search_path = pg_catalog, pg_temp
    return 'space_' || replace(space::text, '-', '');
comment on function space_partition is 'The name of a space''s partition in the schema vectors.';

-- No service may make an index, since no service owns a table. This makes one, and nothing else. A new one stands beside
-- the old until it is whole; meanwhile the space can be read, but not written.
create function build_space_index(space uuid, kind text, lists int default null) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
    -- pgvector before 0.8.2 may write past its buffer when several processes build one HNSW index.
    set max_parallel_maintenance_workers = 0
    set maintenance_work_mem = '512MB' as $$
declare
    one  public.embedding_spaces;
    part text := public.space_partition(space);
begin
    select * into one from public.embedding_spaces where space_id = space for update;
    if not found then
        raise exception 'there is no embedding space %', space using errcode = 'no_data_found';
    end if;
    if kind = 'ivfflat' and lists is null then
        raise exception 'an ivfflat index needs the number of its lists' using errcode = 'invalid_parameter_value';
    end if;
    if kind in ('hnsw', 'ivfflat') then
        execute format('create index %I on vectors.%I using %s ((embedding::public.halfvec(%s)) public.%I) with (%s)',
            part || '_new', part, kind, one.dimension,
            case one.metric when 'cosine' then 'halfvec_cosine_ops' when 'l2' then 'halfvec_l2_ops'
                else 'halfvec_ip_ops' end,
            case kind when 'hnsw' then 'm = 16, ef_construction = 64' else format('lists = %s', lists) end);
    elsif kind is distinct from 'exact' then
        raise exception 'an index is hnsw, ivfflat or exact, not %', kind using errcode = 'invalid_parameter_value';
    end if;
    execute format('drop index if exists vectors.%I', part || '_idx');
    if kind <> 'exact' then
        execute format('alter index vectors.%I rename to %I', part || '_new', part || '_idx');
    end if;
    update public.embedding_spaces
        set index_kind = kind, index_lists = case kind when 'ivfflat' then lists end
        where space_id = space
            and (index_kind, index_lists) is distinct from (kind, case kind when 'ivfflat' then lists end);
end
$$;
comment on function build_space_index is 'Gives a space the index hnsw or ivfflat, or takes it away (exact), in place of the one it has.';

-- Attached, not made in place: that would wait for everybody who reads embeddings, and hold up all who come after. An
-- empty HNSW index costs nothing, and is there from the first vector on.
create function make_space_partition(space uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    one public.embedding_spaces;
begin
    if to_regclass(format('vectors.%I', public.space_partition(space))) is not null then
        return;  -- the row was truncated away and comes back
    end if;
    select * into strict one from public.embedding_spaces where space_id = space;
    execute format('create table vectors.%I (like public.embeddings including defaults including constraints)',
        public.space_partition(space));
    execute format('alter table public.embeddings attach partition vectors.%I for values in (%L)',
        public.space_partition(space), space);
    perform public.build_space_index(space, one.index_kind, one.index_lists);
end
$$;
create function follow_embedding_space() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        perform public.make_space_partition(new.space_id);
    else
        -- The foreign key has deleted the rows by now, so the stream told of each.
        execute format('drop table if exists vectors.%I', public.space_partition(old.space_id));
    end if;
    return null;
end
$$;
-- Triggers run in the order of their names, and those of foreign keys start with a capital.
create trigger embedding_spaces_partition after insert or delete on embedding_spaces
    for each row execute function follow_embedding_space();
-- Also where other triggers rest: a partition is in no stream.
alter table embedding_spaces enable always trigger embedding_spaces_partition;
revoke all on function build_space_index, make_space_partition, follow_embedding_space from public;
grant execute on function build_space_index to darkroom_embedding;

do $$
begin
    perform make_space_partition(space_id) from embedding_spaces;
end
$$;
insert into embeddings (asset_id, space_id, asset_version, dimension, embedding, created_at)
select asset_id, space_id, asset_version, dimension, embedding, created_at from vectors.embeddings_before;
drop table vectors.embeddings_before;

create view lumilio.embeddings with (security_invoker) as
select e.asset_id, e.embedding::vector as embedding, s.model_id as model_version, e.created_at,
    e.created_at as updated_at
from embeddings e join embedding_spaces s using (space_id)
where s.role = 'visual' and s.state = 'active';
comment on view lumilio.embeddings is 'One row per asset: the active space of the role visual (R15).';

-- Copies of one picture, found by what it looks like.
create table perceptual_hashes (
    asset_id      uuid primary key references assets on delete cascade,
    asset_version bigint      not null check (asset_version >= 1),
    pdq           bit(256)    not null,
    quality       smallint    not null check (quality between 0 and 100),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);
comment on table perceptual_hashes is 'The PDQ hash of each picture: near-duplicates differ in few of its bits.';
comment on column perceptual_hashes.asset_version is 'The version of the asset that it was made from.';
comment on column perceptual_hashes.quality is 'How much there is to tell pictures apart by; up to 49 the hash of an empty sky, say, is compared with nothing.';
create index perceptual_hashes_pdq_idx on perceptual_hashes using hnsw (pdq bit_hamming_ops) where quality > 49;
create trigger perceptual_hashes_updated_at before update on perceptual_hashes
    for each row execute function update_updated_at_column();

create table near_duplicates (
    asset_id     uuid        not null references assets on delete cascade,
    duplicate_id uuid        not null references assets on delete cascade check (asset_id < duplicate_id),
    distance     smallint    not null check (distance between 0 and 31),
    created_at   timestamptz not null default now(),
    primary key (asset_id, duplicate_id)
);
comment on table near_duplicates is 'Pairs of pictures that look the same, for a person to review. Rows are inserted and deleted, never updated.';
comment on column near_duplicates.asset_id is 'The one whose id is smaller, so that each pair is there once.';
comment on column near_duplicates.distance is 'In how many of 256 bits their hashes differ.';
create index near_duplicates_duplicate_idx on near_duplicates (duplicate_id);

create table capabilities (
    capability text primary key check (capability ~ '^[a-z][a-z0-9-]{0,63}$'),
    available  boolean     not null,
    model_id   text        check (model_id ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    detail     text        not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (not available or model_id is not null)
);
comment on table capabilities is 'What the models that are configured can do, as the worker that runs them found it at its last start.';
comment on column capabilities.model_id is 'name@digest.';
comment on column capabilities.detail is 'For a person: what it does, or what is missing and the line that configures it.';
create trigger capabilities_updated_at before update on capabilities
    for each row execute function update_updated_at_column();

grant select, insert, delete on embeddings, near_duplicates to darkroom_embedding;
grant select, insert, update, delete on perceptual_hashes, capabilities to darkroom_embedding;
grant select on embeddings, perceptual_hashes, near_duplicates, capabilities to
    darkroom_ingest, darkroom_thumbnail, darkroom_sync, darkroom_library, darkroom_cdc;
grant select on lumilio.embeddings to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library;

-- What happens in a partition is told as what happens in embeddings.
alter publication darkroom_cdc set (publish_via_partition_root = true);
alter publication darkroom_cdc add table
    embeddings (asset_id, space_id, asset_version, dimension, embedding, created_at),
    perceptual_hashes (asset_id, asset_version, pdq, quality, created_at, updated_at),
    near_duplicates (asset_id, duplicate_id, distance, created_at),
    capabilities (capability, available, model_id, detail, created_at, updated_at);

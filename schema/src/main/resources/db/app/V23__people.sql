-- Faces get vectors, people get faces (docs/decisions/0018).

-- What a person has said of a face stays said, and how far the comparison with other faces has come.
alter table faces
    add column confirmed  boolean not null default false,
    add column comparison text    not null default 'new' check (comparison in ('new', 'again', 'done'));
comment on column faces.confirmed is 'Somebody said whose face it is, or that it is nobody''s: no comparison changes that.';
comment on column faces.comparison is 'Whether it waits to be compared with others: new, again because one near it has changed, or done.';
create index faces_due_idx on faces (created_at, face_id)
    where comparison <> 'done' and embedding is not null and not ignored;

-- Which model has seen an asset: one that found no face leaves no other trace.
alter table processing_tasks add column model_id text check (model_id ~ '^[^@[:space:]]+@[^@[:space:]]+$');
comment on column processing_tasks.model_id is 'name@digest of the model that did it last, where a task has one model and a new one does it again.';

-- The vectors of faces stay in `faces`, so a space of the role face has no partition but an index of its own there.
create or replace function space_index_memory(space uuid) returns bigint
    language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
    -- As many as its pages can hold: nothing is counted yet when many have just been written.
    vectors bigint;
    part    regclass := to_regclass(format('vectors.%I', public.space_partition(space)));
    numbers int;
begin
    select dimension, case role when 'face' then 'public.faces'::regclass else part end into numbers, part
        from public.embedding_spaces where space_id = space;
    vectors := pg_relation_size(part) / (2 * numbers + 64);
    -- A vector in half precision, its place in the graph, its neighbours.
    return least(greatest(vectors * (2 * numbers + 1024), 64 << 20), 4294967296);
end
$$;
create or replace function build_space_index(space uuid, kind text, lists int default null) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
    -- pgvector before 0.8.2 may write past its buffer when several processes build one HNSW index.
    set max_parallel_maintenance_workers = 0
    set maintenance_work_mem = '64MB' as $$
declare
    one      public.embedding_spaces;
    part     text := public.space_partition(space);
    home     text := 'vectors';
    relation text := format('vectors.%I', part);
    those    text := '';
begin
    select * into one from public.embedding_spaces where space_id = space for update;
    if not found then
        raise exception 'there is no embedding space %', space using errcode = 'no_data_found';
    end if;
    if one.role = 'face' then
        home := 'public';
        relation := 'public.faces';
        part := 'faces_' || part;
        those := format(' where space_id = %L', space);
    end if;
    if kind = 'ivfflat' and lists is null then
        raise exception 'an ivfflat index needs the number of its lists' using errcode = 'invalid_parameter_value';
    end if;
    perform set_config('maintenance_work_mem', public.space_index_memory(space) / 1024 || 'kB', true);
    if kind in ('hnsw', 'ivfflat') then
        execute format('create index %I on %s using %s ((embedding::public.halfvec(%s)) public.%I) with (%s)%s',
            part || '_new', relation, kind, one.dimension,
            case one.metric when 'cosine' then 'halfvec_cosine_ops' when 'l2' then 'halfvec_l2_ops'
                else 'halfvec_ip_ops' end,
            case kind when 'hnsw' then 'm = 16, ef_construction = 64' else format('lists = %s', lists) end, those);
    elsif kind is distinct from 'exact' then
        raise exception 'an index is hnsw, ivfflat or exact, not %', kind using errcode = 'invalid_parameter_value';
    end if;
    execute format('drop index if exists %I.%I', home, part || '_idx');
    if kind <> 'exact' then
        execute format('alter index %I.%I rename to %I', home, part || '_new', part || '_idx');
    end if;
    update public.embedding_spaces
        set index_kind = kind, index_lists = case kind when 'ivfflat' then lists end
        where space_id = space
            and (index_kind, index_lists) is distinct from (kind, case kind when 'ivfflat' then lists end);
end
$$;

create or replace function make_space_partition(space uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    one public.embedding_spaces;
begin
    if to_regclass(format('vectors.%I', public.space_partition(space))) is not null
        or to_regclass(format('public.%I', 'faces_' || public.space_partition(space) || '_idx')) is not null then
        return;  -- the row was truncated away and comes back
    end if;
    select * into strict one from public.embedding_spaces where space_id = space;
    if one.role <> 'face' then
        execute format('create table vectors.%I (like public.embeddings including defaults including constraints)',
            public.space_partition(space));
        execute format('alter table public.embeddings attach partition vectors.%I for values in (%L)',
            public.space_partition(space), space);
    end if;
    perform public.build_space_index(space, one.index_kind, one.index_lists);
end
$$;

create or replace function follow_embedding_space() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        perform public.make_space_partition(new.space_id);
    else
        -- The foreign key has deleted the rows by now, so the stream told of each.
        execute format('drop table if exists vectors.%I', public.space_partition(old.space_id));
        execute format('drop index if exists public.%I', 'faces_' || public.space_partition(old.space_id) || '_idx');
    end if;
    return null;
end
$$;

-- A space of that role that is there already has an empty partition, and no index on faces.
do $$
declare
    space uuid;
begin
    for space in select space_id from embedding_spaces where role = 'face' loop
        execute format('drop table if exists vectors.%I', space_partition(space));
        perform make_space_partition(space);
    end loop;
end
$$;

grant update (confirmed, comparison) on faces to darkroom_library;

alter publication darkroom_cdc drop table faces, processing_tasks;
alter publication darkroom_cdc add table
    faces (face_id, asset_id, asset_version, person_id, model_id, box_left, box_top, box_width, box_height,
        landmarks, confidence, space_id, dimension, embedding, ignored, confirmed, comparison, created_at, updated_at),
    processing_tasks (asset_id, task, asset_version, status, required, priority, attempts, max_attempts,
        error_count, last_error, queued_at, started_at, completed_at, processing_duration_seconds, model_id,
        created_at, updated_at);

-- HNSW is built in memory as far as it fits there, and vector by vector through the disk from then on, which takes many
-- times as long: 512 MB held 300,000 vectors of 512. An index now gets what it needs, up to 4 GB.

create function space_index_memory(space uuid) returns bigint
    language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
    -- As many as its pages can hold: nothing is counted yet when many have just been written.
    vectors bigint;
    part    regclass := to_regclass(format('vectors.%I', public.space_partition(space)));
    numbers int;
begin
    select dimension into numbers from public.embedding_spaces where space_id = space;
    vectors := pg_relation_size(part) / (2 * numbers + 64);
    -- A vector in half precision, its place in the graph, its neighbours.
    return least(greatest(vectors * (2 * numbers + 1024), 64 << 20), 4294967296);
end
$$;
comment on function space_index_memory is 'Bytes that building an HNSW index of a space takes, at most.';

create or replace function build_space_index(space uuid, kind text, lists int default null) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
    -- pgvector before 0.8.2 may write past its buffer when several processes build one HNSW index.
    set max_parallel_maintenance_workers = 0
    set maintenance_work_mem = '64MB' as $$
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
    perform set_config('maintenance_work_mem', public.space_index_memory(space) / 1024 || 'kB', true);
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
revoke all on function space_index_memory from public;

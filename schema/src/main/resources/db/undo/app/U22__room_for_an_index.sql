create or replace function build_space_index(space uuid, kind text, lists int default null) returns void
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
drop function space_index_memory;

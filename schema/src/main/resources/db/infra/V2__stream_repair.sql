-- What change data capture needs to publish rows once more, at their place among the changes.

create function lock_for_repair(table_name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from pg_publication_tables
                   where pubname = 'darkroom_cdc' and schemaname = 'public' and tablename = table_name) then
        raise exception 'the table % is not published', table_name;
    end if;
    execute format('lock table public.%I in share mode', table_name);
end
$$;
comment on function lock_for_repair is 'Holds writers of one table back until the caller''s transaction ends. Change data capture may write nothing, so it may not lock by itself.';
revoke all on function lock_for_repair from public;
grant execute on function lock_for_repair to darkroom_cdc;

create type asset_type as enum ('photo', 'video', 'audio', 'unknown');

create type task_status as enum (
    'pending', 'queued', 'processing', 'completed', 'failed', 'cancelled', 'dead');

-- R32: updated_at is kept by the database, on every table that has it.
create function update_updated_at_column() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end
$$;

do $$
begin
    if not exists (select from pg_publication where pubname = 'darkroom_cdc') then
        create publication darkroom_cdc;
    end if;
end
$$;

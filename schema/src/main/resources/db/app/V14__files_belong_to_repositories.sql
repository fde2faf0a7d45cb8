-- What a foreign key from file_records to repositories promises, checked once a statement instead of once a row: to a first
-- scan, which writes ten thousand rows with each COPY, a real key adds 71 % of what writing them costs, this 5 %
-- (docs/decisions/0012).

create function require_repositories() returns trigger language plpgsql security definer set search_path = public as $$
declare
    id      uuid;
    checked uuid[] := '{}';
begin
    loop
        -- Nearly always there is one, so this is cheaper than to sort or to hash them.
        select repository_id into id from added where repository_id <> all (checked) limit 1;
        exit when not found;
        -- Waits for whoever deletes it, and keeps it until this transaction ends.
        perform from repositories where repository_id = id for key share;
        if not found then
            raise foreign_key_violation using
                message = format('there is no repository %s for these files', id),
                table = 'file_records', column = 'repository_id', constraint = 'file_records_repository';
        end if;
        checked := checked || id;
    end loop;
    return null;
end
$$;
create trigger file_records_repository after insert on file_records
    referencing new table as added for each statement execute function require_repositories();

create function refuse_another_repository() returns trigger language plpgsql as $$
begin
    raise foreign_key_violation using
        message = format('file %s stays in its repository; in another one it is another file', old.file_id),
        table = 'file_records', column = 'repository_id', constraint = 'file_records_repository';
end
$$;
create trigger file_records_stay before update on file_records
    for each row when (old.repository_id is distinct from new.repository_id)
    execute function refuse_another_repository();

create or replace function remove_file_records() returns trigger language plpgsql security definer
set search_path = public as $$
begin
    -- An older snapshot would not show what a transaction that this one waited for has added.
    if current_setting('transaction_isolation') <> 'read committed' then
        raise feature_not_supported using message = 'repositories are deleted in read committed, so that none of their files stays';
    end if;
    delete from file_records f using gone where f.repository_id = gone.repository_id;
    return null;
end
$$;

-- Old operations are pruned; each asks for the one that took it back.
create index sync_operations_undoes_idx on sync_operations (undoes) where undoes is not null;

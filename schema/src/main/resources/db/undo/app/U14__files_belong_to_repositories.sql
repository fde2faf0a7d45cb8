drop index sync_operations_undoes_idx;
create or replace function remove_file_records() returns trigger language plpgsql security definer
set search_path = public as $$
begin
    delete from file_records f using gone where f.repository_id = gone.repository_id;
    return null;
end
$$;
drop trigger file_records_stay on file_records;
drop function refuse_another_repository;
drop trigger file_records_repository on file_records;
drop function require_repositories;

-- Run once as a superuser in the database of Darkroom, and safe to run again: extensions and roles.
-- Passwords are set by whoever runs this; see Bootstrap in platform/database.
create extension if not exists vector;
create extension if not exists pg_trgm;
create extension if not exists pgcrypto;
create extension if not exists "uuid-ossp";

do $$
declare
    role_name text;
begin
    foreach role_name in array array[
        'darkroom_owner', 'darkroom_ingest', 'darkroom_thumbnail', 'darkroom_embedding',
        'darkroom_sync', 'darkroom_library', 'darkroom_cdc']
    loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I login', role_name);
        end if;
    end loop;
end
$$;

-- A replication role reads every row of the log as it is; what compares the tables with what it
-- published must see the same rows. It may write nothing.
alter role darkroom_cdc replication bypassrls;

-- R28: no statement and no forgotten transaction holds the others up.
alter role darkroom_ingest set statement_timeout = '30s';
alter role darkroom_ingest set idle_in_transaction_session_timeout = '60s';
alter role darkroom_thumbnail set statement_timeout = '30s';
alter role darkroom_thumbnail set idle_in_transaction_session_timeout = '60s';
alter role darkroom_embedding set statement_timeout = '30s';
alter role darkroom_embedding set idle_in_transaction_session_timeout = '60s';
alter role darkroom_sync set statement_timeout = '30s';
-- What a stopped instance of sync-service has locked is wanted by the next one.
alter role darkroom_sync set idle_in_transaction_session_timeout = '10s';
alter role darkroom_library set statement_timeout = '30s';
alter role darkroom_library set idle_in_transaction_session_timeout = '60s';

do $$
begin
    execute format('alter database %I owner to darkroom_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to darkroom_ingest, darkroom_thumbnail, darkroom_embedding, '
        'darkroom_sync, darkroom_library, darkroom_cdc', current_database());
end
$$;

alter schema public owner to darkroom_owner;
revoke all on schema public from public;
grant usage on schema public to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library, darkroom_cdc;

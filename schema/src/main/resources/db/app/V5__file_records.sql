-- Watched repositories: what stands in them, and what was done about it.

alter table repositories
    add watched                 boolean  not null default false,
    add import_mode             text     not null default 'in-place' check (import_mode in ('in-place', 'copy')),
    add writable                boolean  not null default false,
    add ignore_patterns         text[]   not null default '{}',
    add rescan_interval_seconds int      not null default 3600 check (rescan_interval_seconds >= 1),
    add delete_fuse_percent     smallint not null default 10 check (delete_fuse_percent between 0 and 100);
comment on column repositories.watched is 'Whether sync-service keeps it in step with its folder.';
comment on column repositories.import_mode is 'in-place: a file becomes an asset where it lies; copy: it is copied into the default repository, in folders named by storage_strategy.';
comment on column repositories.writable is 'Whether Darkroom may write into the folder at all.';
comment on column repositories.delete_fuse_percent is 'An operation in which more than this share of the files vanishes is held until somebody confirms it.';

alter table assets
    add file_id    bigint,
    add deleted_by text check (deleted_by in ('user', 'sync')),
    add check (deleted_by is null or deleted_at is not null);
comment on column assets.file_id is 'The row of file_records that the asset was made of, if it lies in a watched repository.';
comment on column assets.deleted_by is 'Who put it in the trash: sync, when its file vanished, may take it out again.';
create unique index assets_file_key on assets (file_id) where file_id is not null;

-- Exact over the whole range of times; arithmetic with intervals of microseconds is not.
create function file_time(micros bigint) returns timestamptz language sql immutable strict parallel safe as $$
    select (timestamp 'epoch' + make_interval(days => (micros / 86400000000)::int)
        + (micros % 86400000000) * interval '1 microsecond') at time zone 'UTC'
$$;
comment on function file_time is 'The time so many microseconds after the beginning of 1970.';

create index assets_trash_idx on assets (deleted_at) where deleted_at is not null;

-- A B-tree holds 2,704 bytes; the address of a file in place may be longer.
drop index asset_files_path_idx;
create index asset_files_path_idx on asset_files using hash (storage_path);

create table file_records (
    file_id         bigint generated always as identity primary key,
    repository_id   uuid        not null,
    file_path       text        collate "C" not null check (octet_length(file_path) between 1 and 2600),
    file_size       bigint      not null check (file_size >= 0),
    mod_time        timestamptz not null,
    change_time     timestamptz not null,
    device          bigint      not null,
    inode           bigint      not null,
    content_hash    text        check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    content_version bigint      not null default 0 check (content_version >= 0),
    hash_pending    boolean     not null default true,
    last_scanned    timestamptz not null default now(),
    scan_generation bigint      not null default 0,
    unreadable      text,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    -- Checked at the end of a statement, so that one statement can let two files trade places.
    unique (repository_id, file_path) deferrable initially immediate,
    check ((content_hash is null) = (content_version = 0))
);
comment on table file_records is 'The files of watched repositories as sync-service last saw them. Its log is told as events on file-changed.';
comment on column file_records.file_id is 'Stays when the file moves or gets another content.';
comment on column file_records.file_path is 'Relative to the repository; bytes that are not UTF-8 are written \xHH, a backslash \\.';
comment on column file_records.change_time is 'The inode''s ctime: a modification time can be set to anything, this one cannot.';
comment on column file_records.content_version is '0 until the content was read once; grows with each new content.';
comment on column file_records.hash_pending is 'The content has to be read: the file is new, or its size or times changed.';
comment on column file_records.scan_generation is 'The operation of its repository that last wrote this row (R37).';
comment on column file_records.unreadable is 'Why its content could not be read the last time it was tried.';
comment on column file_records.last_scanned is 'When a scan last wrote this row; unchanged files are not written.';
create index file_records_hash_idx on file_records (content_hash) where content_hash is not null;
-- Rows of one operation lie together, so a BRIN finds them as well as a B-tree, and costs a first scan nothing.
create index file_records_generation_idx on file_records using brin (repository_id, scan_generation);
-- Only a file whose content was told has an identity to follow.
create index file_records_inode_idx on file_records (inode) where content_version > 0;
-- What was found last is read first, folder by folder.
create index file_records_pending_idx on file_records (repository_id, scan_generation desc, file_id) where hash_pending;
create index file_records_last_scanned_idx on file_records using brin (last_scanned);
create trigger file_records_updated_at before update on file_records
    for each row execute function update_updated_at_column();
-- What a foreign key would do, at no cost for each of a million rows: rows are written only under the lock of their
-- repository's row in repository_sync, which has the foreign key; and they go with the repository.
create function remove_file_records() returns trigger language plpgsql security definer set search_path = public as $$
begin
    delete from file_records f using gone where f.repository_id = gone.repository_id;
    return null;
end
$$;
create trigger repositories_file_records after delete on repositories
    referencing old table as gone for each statement execute function remove_file_records();
-- Events tell where a file lay before, and analysts compare.
alter table file_records replica identity full;

create table sync_operations (
    operation_id       bigint generated always as identity primary key,
    repository_id      uuid        not null references repositories on delete cascade,
    operation_type     text        not null check (operation_type in ('startup', 'realtime', 'reconciliation', 'undo')),
    scan_generation    bigint      not null,
    files_scanned      bigint      not null default 0,
    files_added        bigint      not null default 0,
    files_updated      bigint      not null default 0,
    files_removed      bigint      not null default 0,
    files_moved        bigint      not null default 0,
    files_held         bigint      not null default 0,
    folders_unreadable bigint      not null default 0,
    start_time         timestamptz not null default now(),
    end_time           timestamptz,
    duration_ms        bigint      check (duration_ms >= 0),
    status             text        not null default 'running'
                           check (status in ('running', 'completed', 'held', 'failed', 'cancelled', 'undone')),
    error_message      text,
    undoes             bigint      references sync_operations,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now()
);
comment on table sync_operations is 'Each scan of a repository and each batch of watched changes (R36): what it saw and what it did.';
comment on column sync_operations.status is 'held: more files vanished than the repository''s fuse allows, or its root is gone; nothing was removed, and somebody has to confirm.';
comment on column sync_operations.undoes is 'The operation that this one took back.';
create index sync_operations_repository_idx on sync_operations (repository_id, start_time desc);
create trigger sync_operations_updated_at before update on sync_operations
    for each row execute function update_updated_at_column();

create table sync_journal (
    operation_id bigint  not null references sync_operations on delete cascade,
    file_id      bigint  not null,
    before       jsonb   not null,
    held         boolean not null default false,
    primary key (operation_id, file_id)
);
comment on table sync_journal is 'The rows that an operation changed or removed, as they were before: what undoing it needs. Rows it added carry its generation.';
comment on column sync_journal.held is 'The file vanished, and its row waits for somebody to confirm that it may go.';

create table repository_sync (
    repository_id uuid primary key references repositories on delete cascade,
    generation    bigint      not null default 0,
    lease_holder  text,
    lease_fence   bigint      not null default 0,
    lease_until   timestamptz not null default '-infinity',
    paused        text,
    root_marked   boolean     not null default false,
    root_device   bigint,
    root_inode    bigint,
    mount_points  text[]      not null default '{}',
    handover_to   text,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);
comment on table repository_sync is 'Who keeps a repository in step now, and the numbers that only grow.';
comment on column repository_sync.generation is 'The last number given to an operation of this repository (R37).';
comment on column repository_sync.lease_fence is 'Grows with each new holder; what an older holder still writes is refused.';
comment on column repository_sync.root_marked is 'Whether a marker was written into the folder; without it the folder is not the one.';
comment on column repository_sync.root_device is 'With root_inode: which folder it was, where none could be written.';
comment on column repository_sync.mount_points is 'Folders in which something was mounted; what lay there is not gone when it is not mounted.';
comment on column repository_sync.handover_to is 'An instance that has less to do and asks for it.';
comment on column repository_sync.paused is 'Why nothing is done until somebody resumes, or null.';
create trigger repository_sync_updated_at before update on repository_sync
    for each row execute function update_updated_at_column();

create table sync_requests (
    request_id    bigint generated always as identity primary key,
    repository_id uuid        not null references repositories on delete cascade,
    kind          text        not null check (kind in ('scan', 'plan', 'confirm', 'undo')),
    operation_id  bigint,
    answer        jsonb,
    created_at    timestamptz not null default now()
);
comment on table sync_requests is 'What somebody asked of whichever instance keeps the repository, and its answer.';
create index sync_requests_open_idx on sync_requests (repository_id) where answer is null;

grant select, insert, update, delete on file_records, sync_operations, sync_journal, repository_sync, sync_requests to darkroom_sync;
grant select on file_records, sync_operations to darkroom_ingest, darkroom_library, darkroom_cdc;
grant select on repository_sync to darkroom_library;
grant update (deleted_by) on assets to darkroom_library;

alter publication darkroom_cdc drop table repositories, assets;
-- file_records without a list of columns: with one, PostgreSQL refuses every update of a table that has replica
-- identity full (docs/decisions/0008).
alter publication darkroom_cdc add table
    repositories (repository_id, name, path, owner_id, storage_strategy, is_default, watched, import_mode, writable,
        ignore_patterns, rescan_interval_seconds, delete_fuse_percent, created_at, updated_at),
    assets (asset_id, asset_no, repository_id, owner_id, version, asset_type, original_filename, storage_path,
        mime_type, file_size, content_hash, blake3_hash, width, height, orientation, duration_seconds, uploaded_at,
        taken_at, camera_make, camera_model, lens_model, iso, aperture, shutter_speed, focal_length, latitude,
        longitude, altitude, description, rating, liked, is_raw, is_transcoded, transcoded_path, specific_metadata,
        ready_version, file_id, deleted_at, deleted_by, created_at, updated_at),
    file_records,
    sync_operations (operation_id, repository_id, operation_type, scan_generation, files_scanned, files_added,
        files_updated, files_removed, files_moved, files_held, folders_unreadable, start_time, end_time,
        duration_ms, status, error_message, undoes, created_at, updated_at);

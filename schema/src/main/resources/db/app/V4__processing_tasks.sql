create table processing_tasks (
    asset_id                    uuid          not null references assets on delete cascade,
    task                        text          not null check (task ~ '^[a-z][a-z0-9-]{0,63}$'),
    asset_version               bigint        not null check (asset_version >= 1),
    status                      task_status   not null default 'pending',
    required                    boolean       not null default true,
    priority                    smallint      not null default 5 check (priority between 1 and 10),
    attempts                    int           not null default 0 check (attempts >= 0),
    max_attempts                int           not null default 5 check (max_attempts >= 1),
    error_count                 int           not null default 0 check (error_count >= 0),
    last_error                  text,
    queued_at                   timestamptz   not null default now(),
    started_at                  timestamptz,
    completed_at                timestamptz,
    processing_duration_seconds numeric(12,3) check (processing_duration_seconds >= 0),
    created_at                  timestamptz   not null default now(),
    updated_at                  timestamptz   not null default now(),
    primary key (asset_id, task)
);
comment on table processing_tasks is 'The ledger: where each task of each asset stands. Kafka is the queue, this is what happened (R21).';
comment on column processing_tasks.required is 'An asset is ready when its required tasks are completed.';
create index processing_tasks_status_idx on processing_tasks (status, priority, queued_at) where status <> 'completed';
create index processing_tasks_task_status_idx on processing_tasks (task, status);
create trigger processing_tasks_updated_at before update on processing_tasks
    for each row execute function update_updated_at_column();

grant select on processing_tasks to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library, darkroom_cdc;
grant insert, update on processing_tasks to darkroom_ingest, darkroom_thumbnail, darkroom_embedding;

-- Everyone may look; a worker writes the rows of its own tasks only. ingest-service queues work for all.
alter table processing_tasks enable row level security;
alter table processing_tasks force row level security;
create policy read_all on processing_tasks for select using (true);
create policy owner_all on processing_tasks to darkroom_owner using (true) with check (true);
create policy ingest_queues on processing_tasks for insert to darkroom_ingest with check (status = 'pending');
create policy ingest_own on processing_tasks to darkroom_ingest
    using (task = 'ingest') with check (task = 'ingest');
create policy thumbnail_own on processing_tasks to darkroom_thumbnail
    using (task = 'thumbnail') with check (task = 'thumbnail');
create policy embedding_own on processing_tasks to darkroom_embedding
    using (task in ('embedding', 'species', 'faces', 'depth'))
    with check (task in ('embedding', 'species', 'faces', 'depth'));

alter publication darkroom_cdc add table
    processing_tasks (asset_id, task, asset_version, status, required, priority, attempts, max_attempts,
        error_count, last_error, queued_at, started_at, completed_at, processing_duration_seconds, created_at,
        updated_at);

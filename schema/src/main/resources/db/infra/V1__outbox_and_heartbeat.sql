-- The infrastructure track: what delivery needs, no matter which tables the application has.

create table outbox (
    id             uuid primary key,
    aggregate_type text        not null,
    aggregate_id   text        not null,
    topic          text        not null,
    event_type     text        not null,
    payload        jsonb       not null,
    created_at     timestamptz not null default now()
);
comment on table outbox is 'Events that leave with the transaction that wrote them; change data capture publishes each row on its topic. Insert only; old rows are pruned.';
comment on column outbox.id is 'The event''s ce_id, the key for deduplication.';
comment on column outbox.aggregate_id is 'The record''s key on Kafka.';
create index outbox_created_at_idx on outbox (created_at);

create table heartbeat (
    id int primary key check (id = 1),
    at timestamptz not null
);
comment on table heartbeat is 'Touched by change data capture, so that its slot moves on while the captured tables are quiet.';
insert into heartbeat (id, at) values (1, now());

grant select, insert, delete on outbox to darkroom_ingest;
grant select on outbox to darkroom_library;
grant select on outbox, heartbeat to darkroom_cdc;
grant update on heartbeat to darkroom_cdc;

do $$
begin
    if not exists (select from pg_publication where pubname = 'darkroom_cdc') then
        create publication darkroom_cdc;
    end if;
end
$$;
alter publication darkroom_cdc add table
    outbox (id, aggregate_type, aggregate_id, topic, event_type, payload, created_at),
    heartbeat (id, at);

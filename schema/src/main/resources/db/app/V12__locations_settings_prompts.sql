create table locations (
    location_id     uuid primary key default gen_random_uuid(),
    owner_id        uuid          references users on delete cascade,
    name            varchar(255)  not null check (name <> ''),
    latitude        numeric(10,8) not null check (latitude between -90 and 90),
    longitude       numeric(11,8) not null check (longitude between -180 and 180),
    radius_meters   int           not null default 100 check (radius_meters > 0),
    is_user_defined boolean       not null default false,
    photo_count     int           not null default 0 check (photo_count >= 0),
    place_name      varchar(255),
    place_type      varchar(100),
    created_at      timestamptz   not null default now(),
    updated_at      timestamptz   not null default now()
);
comment on table locations is 'A place with a name, and the circle around it that pictures were taken in.';
comment on column locations.photo_count is 'As of the last count.';
create index locations_owner_idx on locations (owner_id);
create index locations_place_idx on locations (latitude, longitude);
alter table locations replica identity full;
create trigger locations_updated_at before update on locations
    for each row execute function update_updated_at_column();

-- This table is on Kafka: a secret has no place in it, under whatever name people give secrets.
create table settings (
    setting_id uuid primary key default gen_random_uuid(),
    owner_id   uuid         references users on delete cascade,
    key        varchar(255) not null check (key <> ''),
    value      jsonb        not null,
    category   varchar(100) not null default 'general',
    created_at timestamptz  not null default now(),
    updated_at timestamptz  not null default now(),
    unique nulls not distinct (owner_id, key),
    constraint settings_hold_no_secrets check (key !~* '(passw|passphrase|secret|token|credential|api.?key|private.?key)')
);
comment on table settings is 'One value per key, for everybody or for one user (R38). Never a secret.';
comment on column settings.owner_id is 'Whose setting; null for everybody''s.';
create index settings_category_idx on settings (category);
alter table settings replica identity full;
create trigger settings_updated_at before update on settings
    for each row execute function update_updated_at_column();

create table ai_prompts (
    prompt_id     uuid primary key default gen_random_uuid(),
    name          varchar(255) not null check (name <> ''),
    description   text,
    category      text         not null check (category in ('analysis', 'naming', 'description')),
    provider      text         not null default 'both' check (provider in ('openai', 'ollama', 'both')),
    system_prompt text         not null,
    user_prompt   text         not null,
    is_default    boolean      not null default false,
    is_active     boolean      not null default true,
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now()
);
comment on table ai_prompts is 'What language models are asked about a picture (PI-7).';
comment on column ai_prompts.is_default is 'The one that is used where nobody chose; one per category and provider.';
create unique index ai_prompts_default_key on ai_prompts (category, provider) where is_default;
alter table ai_prompts replica identity full;
create trigger ai_prompts_updated_at before update on ai_prompts
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on locations, settings, ai_prompts to darkroom_library;
grant select on locations, settings, ai_prompts to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_cdc;

-- Tables that show whole old rows are published whole: PostgreSQL takes no column list with replica identity full. Which
-- columns leave is held by the committed stream schemas (docs/decisions/0008).
alter publication darkroom_cdc add table locations, settings, ai_prompts;

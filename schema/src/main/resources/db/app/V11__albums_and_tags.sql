create table albums (
    album_id       uuid primary key default gen_random_uuid(),
    owner_id       uuid         not null references users on delete cascade,
    name           varchar(255) not null check (name <> ''),
    description    text,
    kind           text         not null default 'manual' check (kind in ('manual', 'smart')),
    smart_rules    jsonb        check (jsonb_typeof(smart_rules) = 'object'),
    cover_asset_id uuid         references assets on delete set null,
    is_public      boolean      not null default false,
    created_at     timestamptz  not null default now(),
    updated_at     timestamptz  not null default now(),
    check ((kind = 'smart') = (smart_rules is not null))
);
comment on table albums is 'Assets that belong together: chosen by hand, or by rules. The views collections and collection_photos show the same (R19).';
comment on column albums.kind is 'manual: album_assets says what is in it; smart: smart_rules does.';
create index albums_owner_idx on albums (owner_id);
create index albums_updated_idx on albums (updated_at desc);
create index albums_cover_idx on albums (cover_asset_id);
alter table albums replica identity full;
create trigger albums_updated_at before update on albums
    for each row execute function update_updated_at_column();

create table album_assets (
    album_id   uuid        not null references albums on delete cascade,
    asset_id   uuid        not null references assets on delete cascade,
    position   int         not null default 0,
    added_at   timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (album_id, asset_id)
);
comment on table album_assets is 'Which assets are in a manual album, and in what order.';
comment on column album_assets.position is 'The order by hand; equal positions go by added_at.';
create index album_assets_position_idx on album_assets (album_id, position);
create index album_assets_asset_idx on album_assets (asset_id);
alter table album_assets replica identity full;
create trigger album_assets_updated_at before update on album_assets
    for each row execute function update_updated_at_column();

create table tags (
    tag_id          uuid primary key default gen_random_uuid(),
    name            varchar(100) not null unique check (name <> ''),
    category        text         not null default 'custom' check (category in ('species', 'object', 'scene', 'custom')),
    is_ai_generated boolean      not null default false,
    created_at      timestamptz  not null default now(),
    updated_at      timestamptz  not null default now()
);
comment on table tags is 'The words that assets can be tagged with; the view global_tag_library counts their use.';
create index tags_category_idx on tags (category);
create index tags_name_trgm_idx on tags using gin (name gin_trgm_ops);
alter table tags replica identity full;
create trigger tags_updated_at before update on tags
    for each row execute function update_updated_at_column();

create table asset_tags (
    asset_id   uuid         not null references assets on delete cascade,
    tag_id     uuid         not null references tags on delete cascade,
    confidence numeric(5,4) not null default 1 check (confidence between 0 and 1),
    source     text         not null default 'user' check (source in ('user', 'clip', 'smart_classify', 'system')),
    created_at timestamptz  not null default now(),
    updated_at timestamptz  not null default now(),
    primary key (asset_id, tag_id)
);
comment on table asset_tags is 'Which asset has which tag, and who said so.';
comment on column asset_tags.confidence is '0 to 1; 1 where a person said it (R17).';
comment on column asset_tags.source is 'Who tagged it: a person, a model, the system (R18).';
create index asset_tags_tag_idx on asset_tags (tag_id);
create index asset_tags_source_idx on asset_tags (source);
create index asset_tags_confidence_idx on asset_tags (confidence desc);
alter table asset_tags replica identity full;
create trigger asset_tags_updated_at before update on asset_tags
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on albums, album_assets, tags, asset_tags to darkroom_library;
grant select on albums, album_assets, tags, asset_tags to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_cdc;

-- Tables that show whole old rows are published whole: PostgreSQL takes no column list with replica identity full. Which
-- columns leave is held by the committed stream schemas (docs/decisions/0008).
alter publication darkroom_cdc add table albums, album_assets, tags, asset_tags;

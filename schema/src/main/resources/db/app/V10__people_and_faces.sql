create table people (
    person_id                  uuid primary key default gen_random_uuid(),
    owner_id                   uuid         references users on delete cascade,
    name                       varchar(255) check (name <> ''),
    notes                      text,
    birthdate                  date,
    representative_face_id     uuid,
    selected_thumbnail_face_id uuid,
    created_at                 timestamptz  not null default now(),
    updated_at                 timestamptz  not null default now()
);
comment on table people is 'Somebody whose face is in the library, named or not yet.';
comment on column people.owner_id is 'Whose library knows this person; null where nobody owns it.';
comment on column people.name is 'Null until somebody says who it is.';
comment on column people.representative_face_id is 'The face that stands for the others when faces are compared.';
comment on column people.selected_thumbnail_face_id is 'The face that a person chose to show.';
create index people_owner_idx on people (owner_id);
create index people_name_trgm_idx on people using gin (name gin_trgm_ops);
alter table people replica identity full;
create trigger people_updated_at before update on people
    for each row execute function update_updated_at_column();

create table faces (
    face_id       uuid primary key default gen_random_uuid(),
    asset_id      uuid         not null references assets on delete cascade,
    asset_version bigint       not null check (asset_version >= 1),
    person_id     uuid         references people on delete set null,
    model_id      text         not null check (model_id ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    box_left      numeric(6,5) not null check (box_left between 0 and 1),
    box_top       numeric(6,5) not null check (box_top between 0 and 1),
    box_width     numeric(6,5) not null check (box_width > 0 and box_left + box_width <= 1),
    box_height    numeric(6,5) not null check (box_height > 0 and box_top + box_height <= 1),
    landmarks     jsonb        check (jsonb_typeof(landmarks) = 'array'),
    confidence    numeric(5,4) not null check (confidence between 0 and 1),
    space_id      uuid,
    dimension     int,
    embedding     halfvec      check (vector_dims(embedding) = dimension),
    ignored       boolean      not null default false,
    created_at    timestamptz  not null default now(),
    updated_at    timestamptz  not null default now(),
    foreign key (space_id, dimension) references embedding_spaces (space_id, dimension),
    check (num_nulls(space_id, dimension, embedding) in (0, 3))
);
comment on table faces is 'A face in a picture, and whose it is as far as somebody or a comparison has said.';
comment on column faces.asset_version is 'The version of the asset that it was found in.';
comment on column faces.model_id is 'name@digest of the model that found it.';
comment on column faces.box_left is 'The box around the face, in parts of the upright picture''s width; 0 is its left edge.';
comment on column faces.box_top is 'In parts of the upright picture''s height; 0 is its upper edge.';
comment on column faces.landmarks is 'Eyes, nose and corners of the mouth as [x, y] in parts of the picture.';
comment on column faces.confidence is '0 to 1 (R17).';
comment on column faces.space_id is 'The space of its embedding.';
comment on column faces.dimension is 'That of the space, so that no vector of another length gets in.';
comment on column faces.embedding is 'Half precision; null where no model compares faces.';
comment on column faces.ignored is 'Somebody said that this face does not matter.';
create index faces_asset_idx on faces (asset_id);
create index faces_person_idx on faces (person_id);
create index faces_unassigned_idx on faces (created_at) where person_id is null and not ignored;
create trigger faces_updated_at before update on faces
    for each row execute function update_updated_at_column();

alter table people
    add foreign key (representative_face_id) references faces on delete set null,
    add foreign key (selected_thumbnail_face_id) references faces on delete set null;
create index people_representative_face_idx on people (representative_face_id);
create index people_selected_face_idx on people (selected_thumbnail_face_id);

create table relationships (
    relationship_id   uuid primary key default gen_random_uuid(),
    person1_id        uuid        not null references people on delete cascade,
    person2_id        uuid        not null references people on delete cascade,
    relationship_type text        not null check (relationship_type in (
        'spouse', 'partner', 'sibling', 'parent', 'child', 'friend', 'relative')),
    notes             text,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    unique (person1_id, person2_id, relationship_type),
    check (person1_id <> person2_id)
);
comment on table relationships is 'What one person is to another.';
comment on column relationships.relationship_type is 'What the first is to the second: the parent of a child is person1.';
create index relationships_person2_idx on relationships (person2_id);
alter table relationships replica identity full;
create trigger relationships_updated_at before update on relationships
    for each row execute function update_updated_at_column();

create table events (
    event_id       uuid primary key default gen_random_uuid(),
    owner_id       uuid         references users on delete cascade,
    name           varchar(255) not null check (name <> ''),
    event_type     text         not null check (event_type in ('holiday', 'birthday', 'custom')),
    event_date     date         not null,
    is_recurring   boolean      not null default false,
    recurring_type text         check (recurring_type in ('yearly', 'monthly', 'weekly')),
    country        varchar(100),
    region         varchar(100),
    person_id      uuid         references people on delete cascade,
    is_enabled     boolean      not null default true,
    created_at     timestamptz  not null default now(),
    updated_at     timestamptz  not null default now(),
    check (is_recurring or recurring_type is null)
);
comment on table events is 'Days that pictures are sorted by: holidays, birthdays, one''s own. No relation to the events on Kafka.';
comment on column events.event_date is 'The first time, where it recurs.';
comment on column events.person_id is 'Whose birthday.';
create index events_owner_idx on events (owner_id);
create index events_date_idx on events (event_date);
create index events_person_idx on events (person_id);
alter table events replica identity full;
create trigger events_updated_at before update on events
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on faces to darkroom_embedding;
grant update (person_id, ignored) on faces to darkroom_library;
grant select, insert, update, delete on people, relationships, events to darkroom_library;
grant select on faces to darkroom_ingest, darkroom_thumbnail, darkroom_sync, darkroom_library, darkroom_cdc;
grant select on people, relationships, events to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_cdc;

-- Tables that show whole old rows are published whole: PostgreSQL takes no column list with replica identity full. Which
-- columns leave is held by the committed stream schemas (docs/decisions/0008).
alter publication darkroom_cdc add table
    people, relationships, events,
    faces (face_id, asset_id, asset_version, person_id, model_id, box_left, box_top, box_width, box_height,
        landmarks, confidence, space_id, dimension, embedding, ignored, created_at, updated_at);

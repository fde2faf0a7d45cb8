alter publication darkroom_cdc drop table embeddings, perceptual_hashes, near_duplicates, capabilities;
alter publication darkroom_cdc set (publish_via_partition_root = false);
drop table capabilities;
drop table near_duplicates;
drop table perceptual_hashes;
drop view lumilio.embeddings;

alter table embeddings rename to embeddings_after;
alter table embeddings_after set schema vectors;
drop trigger embedding_spaces_partition on embedding_spaces;
drop function follow_embedding_space;
drop function make_space_partition;
drop function build_space_index;
alter table embedding_spaces drop column index_kind, drop column index_lists;

create table embeddings (
    asset_id      uuid        not null references assets on delete cascade,
    space_id      uuid        not null,
    asset_version bigint      not null check (asset_version >= 1),
    dimension     int         not null,
    embedding     halfvec     not null check (vector_dims(embedding) = dimension),
    created_at    timestamptz not null default now(),
    primary key (asset_id, space_id),
    foreign key (space_id, dimension) references embedding_spaces (space_id, dimension) on delete cascade
);
comment on table embeddings is 'One vector per asset and space. Rows are inserted and deleted, never updated: nobody may.';
comment on column embeddings.asset_version is 'The version of the asset that it was made from.';
comment on column embeddings.dimension is 'That of the space, so that no vector of another length gets in.';
comment on column embeddings.embedding is 'Half precision: 512 numbers stay inside the row, so an exact scan reads no second table. An index per space is made with the space.';
create index embeddings_space_idx on embeddings (space_id);

insert into embeddings (asset_id, space_id, asset_version, dimension, embedding, created_at)
select asset_id, space_id, asset_version, dimension, embedding, created_at from vectors.embeddings_after;
drop table vectors.embeddings_after;
drop function space_partition;
drop schema vectors;

create view lumilio.embeddings with (security_invoker) as
select e.asset_id, e.embedding::vector as embedding, s.model_id as model_version, e.created_at,
    e.created_at as updated_at
from embeddings e join embedding_spaces s using (space_id)
where s.role = 'visual' and s.state = 'active';
comment on view lumilio.embeddings is 'One row per asset: the active space of the role visual (R15).';

grant select, insert, delete on embeddings to darkroom_embedding;
grant select on embeddings to darkroom_ingest, darkroom_thumbnail, darkroom_sync, darkroom_library, darkroom_cdc;
grant select on lumilio.embeddings to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library;
alter publication darkroom_cdc add table
    embeddings (asset_id, space_id, asset_version, dimension, embedding, created_at);

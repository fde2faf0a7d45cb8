comment on column repositories.path is null;
comment on column repositories.storage_strategy is null;
comment on column assets.storage_path is 'A storage URI (R30).';
comment on column assets.blake3_hash is null;
comment on column assets.orientation is null;
comment on column assets.transcoded_path is null;
comment on column assets.specific_metadata is null;
comment on column assets.deleted_at is null;
comment on column asset_files.tier is null;
comment on column asset_files.asset_version is null;
comment on column thumbnails.asset_version is null;
comment on column processing_tasks.priority is null;
comment on column processing_tasks.last_error is null;
-- file_records stays published whole: with a column list it could not be updated.

alter publication darkroom_cdc drop table file_records, sync_operations, repositories, assets;
drop trigger repositories_file_records on repositories;
drop function remove_file_records;
drop table sync_requests, repository_sync, sync_journal, sync_operations, file_records;
drop function file_time;
drop index asset_files_path_idx;
create index asset_files_path_idx on asset_files (storage_path);
drop index assets_trash_idx;
alter table assets drop column file_id, drop column deleted_by;
alter table repositories
    drop column watched,
    drop column import_mode,
    drop column writable,
    drop column ignore_patterns,
    drop column rescan_interval_seconds,
    drop column delete_fuse_percent;
alter publication darkroom_cdc add table
    repositories (repository_id, name, path, owner_id, storage_strategy, is_default, created_at, updated_at),
    assets (asset_id, asset_no, repository_id, owner_id, version, asset_type, original_filename, storage_path,
        mime_type, file_size, content_hash, blake3_hash, width, height, orientation, duration_seconds, uploaded_at,
        taken_at, camera_make, camera_model, lens_model, iso, aperture, shutter_speed, focal_length, latitude,
        longitude, altitude, description, rating, liked, is_raw, is_transcoded, transcoded_path, specific_metadata,
        ready_version, deleted_at, created_at, updated_at);

alter publication darkroom_cdc drop table assets;
drop index assets_photo_name_idx, assets_video_name_idx;
drop function asset_base_name;
alter table assets
    drop column content_identifier,
    drop column live_video_id,
    drop column motion_offset,
    drop column motion_length;
alter publication darkroom_cdc add table
    assets (asset_id, asset_no, repository_id, owner_id, version, asset_type, original_filename, storage_path,
        mime_type, file_size, content_hash, blake3_hash, width, height, orientation, duration_seconds, uploaded_at,
        taken_at, camera_make, camera_model, lens_model, iso, aperture, shutter_speed, focal_length, latitude,
        longitude, altitude, description, rating, liked, is_raw, is_transcoded, transcoded_path, specific_metadata,
        ready_version, file_id, deleted_at, deleted_by, created_at, updated_at);

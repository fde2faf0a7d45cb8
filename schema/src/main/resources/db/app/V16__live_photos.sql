-- A photo that moves: its video is an asset of its own, or lies inside of the photo's file.
alter table assets
    add column content_identifier varchar(256),
    add column live_video_id      uuid references assets on delete set null check (live_video_id <> asset_id),
    add column motion_offset      bigint check (motion_offset >= 0),
    add column motion_length      bigint check (motion_length > 0),
    add constraint assets_motion_check check ((motion_offset is null) = (motion_length is null));
comment on column assets.content_identifier is 'What a photo and the video taken with it both call themselves.';
comment on column assets.live_video_id is 'The video that was taken with this photo.';
comment on column assets.motion_offset is 'Where in the file of a motion photo its video begins, motion_length bytes long.';

-- IMG_0001 of IMG_0001.HEIC and img_0001.mov.
create function asset_base_name(name text) returns text language sql immutable parallel safe as $$
    select lower(regexp_replace(name, '\.[^.]*$', ''))
$$;
create index assets_content_identifier_idx on assets (content_identifier) where content_identifier is not null;
create index assets_live_video_idx on assets (live_video_id) where live_video_id is not null;
create index assets_photo_name_idx on assets (asset_base_name(original_filename)) where asset_type = 'photo';
create index assets_video_name_idx on assets (asset_base_name(original_filename)) where asset_type = 'video';

alter publication darkroom_cdc drop table assets;
alter publication darkroom_cdc add table
    assets (asset_id, asset_no, repository_id, owner_id, version, asset_type, original_filename, storage_path,
        mime_type, file_size, content_hash, blake3_hash, width, height, orientation, duration_seconds, uploaded_at,
        taken_at, camera_make, camera_model, lens_model, iso, aperture, shutter_speed, focal_length, latitude,
        longitude, altitude, description, rating, liked, is_raw, is_transcoded, transcoded_path, specific_metadata,
        ready_version, file_id, deleted_at, deleted_by, created_at, updated_at, content_identifier, live_video_id,
        motion_offset, motion_length);

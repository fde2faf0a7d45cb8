-- The reference systems' names, each over our tables (R2, R4, R19). A name that is free stands in public. One that a
-- table of ours has stands in a schema named after its system: `set search_path to loist, public` and it is found.
-- security_invoker: a view shows nobody more than the tables would.

create view media_assets with (security_invoker) as
select asset_id as id, original_filename, created_at
from assets where deleted_at is null;

create view file_versions with (security_invoker) as
select file_id as id, asset_id as media_asset_id, tier, storage_path as file_path,
    substr(content_hash, 8) as file_hash, file_size, mime_type, metadata, is_reviewed, rating, keywords, location,
    event_type, event_name, perceptual_hash, ai_short_description, processing_state, created_at
from asset_files where role in ('original', 'transcode');

create view collections with (security_invoker) as
select album_id as id, name, description, is_public, cover_asset_id as cover_photo,
    kind = 'smart' as is_smart_collection, smart_rules, created_at, updated_at
from albums;

create view collection_photos with (security_invoker) as
select uuid_generate_v5(aa.album_id, aa.asset_id::text) as id, aa.album_id as collection_id, f.file_id as photo_id,
    aa.added_at
from album_assets aa
    join assets a on a.asset_id = aa.asset_id and a.deleted_at is null
    join asset_files f on f.asset_id = a.asset_id and f.role = 'original' and f.asset_version = a.version
        and f.tier = 'bronze';

create view global_tag_library with (security_invoker) as
select t.tag_id as id, t.name as tag, count(at.asset_id) as usage_count, t.created_at
from tags t left join asset_tags at on at.tag_id = t.tag_id
group by t.tag_id;

create view media_items with (security_invoker) as
select asset_id as id, original_filename, asset_type as media_type, storage_path as file_path, file_size, mime_type,
    width, height, duration_seconds,
    case jsonb_typeof(specific_metadata -> 'FrameRate')
        when 'number' then (specific_metadata ->> 'FrameRate')::numeric end as frame_rate,
    substr(content_hash, 8) as checksum, taken_at as captured_at, uploaded_at, owner_id as user_id, created_at,
    updated_at
from assets where asset_type in ('photo', 'video') and deleted_at is null;

create view processing_queue with (security_invoker) as
select uuid_generate_v5(asset_id, task) as id, asset_id as media_item_id,
    case status when 'dead' then 'failed' else status end as status,
    priority, attempts, max_attempts, last_error, error_count, queued_at, started_at, completed_at,
    processing_duration_seconds, created_at, updated_at, task
from processing_tasks;
comment on view processing_queue is 'The ledger under ImmichVR''s name, one row for each task of an asset; dead folds into failed (R23).';

create view processing_queue_summary with (security_invoker) as
select status, count(*) as count, avg(attempts) as avg_attempts,
    avg(processing_duration_seconds) as avg_processing_time_seconds
from processing_queue group by status;

create view depth_map_cache with (security_invoker) as
select depth_map_id as id, asset_id as media_item_id, storage_path as file_path, file_size, format, width, height,
    split_part(model_id, '@', 1) as model_name, split_part(model_id, '@', 2) as model_version, processing_params,
    substr(content_hash, 8) as checksum, generated_at, accessed_at, access_count, created_at, updated_at
from depth_maps;

create view media_processing_status with (security_invoker) as
select m.id as media_id, m.original_filename, m.media_type, m.uploaded_at, pq.status as processing_status,
    pq.attempts as processing_attempts, pq.last_error, dc.id as depth_map_id, dc.file_path as depth_map_path,
    dc.generated_at as depth_map_generated_at
from media_items m
    left join processing_queue pq on pq.media_item_id = m.id and pq.task = 'depth'
    left join depth_map_cache dc on dc.media_item_id = m.id
order by m.uploaded_at desc;

-- Loist: an audio asset's tags, bytes and status in one row. Paths are shown where they lie in a bucket (R30).
create schema loist;
create view loist.audio_tracks with (security_invoker) as
select a.asset_id as id, t.status, t.error_message, t.retry_count, t.last_processed_at, au.artist, au.title, au.album,
    au.genre, au.year, au.duration_seconds, au.channels, au.sample_rate, au.bitrate, au.format,
    a.file_size as file_size_bytes,
    case when a.storage_path like 'gs://%' then a.storage_path end as audio_gcs_path,
    case when th.storage_path like 'gs://%' then th.storage_path end as thumbnail_gcs_path,
    au.search_vector, a.created_at, greatest(a.updated_at, au.updated_at) as updated_at
from audio_tracks au
    join assets a on a.asset_id = au.asset_id and a.deleted_at is null
    left join thumbnails th on th.asset_id = a.asset_id and th.size = 'medium'
    left join lateral (
        select case
                when bool_or(p.status in ('failed', 'dead', 'cancelled')) then 'FAILED'
                when bool_and(p.status = 'completed') then 'COMPLETED'
                when bool_or(p.status in ('processing', 'completed')) then 'PROCESSING'
                else 'PENDING' end as status,
            max(p.last_error) as error_message,
            coalesce(max(greatest(p.attempts - 1, 0)), 0) as retry_count,
            max(coalesce(p.completed_at, p.started_at)) as last_processed_at
        from processing_tasks p
        where p.asset_id = a.asset_id and p.required) t on true;

-- Lumilio: both of its papers' names side by side; id is the numeric one (R1, R3, R4).
create schema lumilio;
create view lumilio.assets with (security_invoker) as
select asset_no as id, asset_id, owner_id, repository_id,
    case asset_type when 'photo' then 'image' else asset_type::text end as type, asset_type, original_filename,
    storage_path, storage_path as file_path, mime_type, file_size, content_hash as hash, content_hash as file_hash,
    width, height, duration_seconds as duration, sort_time as taken_time, taken_at, uploaded_at, camera_make,
    camera_model, lens_model, iso, aperture, shutter_speed, focal_length, latitude, longitude, altitude, description,
    rating, liked, is_raw, is_transcoded, transcoded_path, specific_metadata, created_at, updated_at
from assets where deleted_at is null;
create view lumilio.thumbnails with (security_invoker) as
select thumbnail_id as id, thumbnail_id, asset_id, size,
    case size when 'small' then '150' when 'medium' then '300' when 'large' then '1024' else size end as size_type,
    storage_path, storage_path as file_path, file_size, mime_type, width, height, created_at
from thumbnails;
create view lumilio.embeddings with (security_invoker) as
select e.asset_id, e.embedding::vector as embedding, s.model_id as model_version, e.created_at,
    e.created_at as updated_at
from embeddings e join embedding_spaces s using (space_id)
where s.role = 'visual' and s.state = 'active';
comment on view lumilio.embeddings is 'One row per asset: the active space of the role visual (R15).';
create view lumilio.species_predictions with (security_invoker) as
select prediction_id as id, asset_id, species_name, common_name, confidence, model_id as model_version, created_at
from species_predictions;

-- Pictallion: ids are called id, confidence goes to 100 (R17), coordinates are text, values too.
create schema pictallion;
create view pictallion.people with (security_invoker) as
select p.person_id as id, p.name, p.notes, p.birthdate,
    (select count(*) from faces f where f.person_id = p.person_id) as face_count,
    p.representative_face_id::text as representative_face,
    p.selected_thumbnail_face_id::text as selected_thumbnail_face_id, p.created_at
from people p;
create view pictallion.faces with (security_invoker) as
select f.face_id as id, o.file_id as photo_id, f.person_id,
    jsonb_build_object('left', f.box_left, 'top', f.box_top, 'width', f.box_width, 'height', f.box_height)
        as bounding_box,
    round(f.confidence * 100)::int as confidence, to_jsonb(f.embedding::vector::real[]) as embedding, f.ignored,
    f.created_at
from faces f
    join assets a on a.asset_id = f.asset_id and a.deleted_at is null
    join asset_files o on o.asset_id = a.asset_id and o.role = 'original' and o.asset_version = a.version
        and o.tier = 'bronze';
create view pictallion.relationships with (security_invoker) as
select relationship_id as id, person1_id, person2_id, relationship_type, relationship_type as type, notes, created_at
from relationships;
create view pictallion.events with (security_invoker) as
select event_id as id, name, event_type as type, event_date as date, is_recurring, recurring_type, country, region,
    person_id, is_enabled, created_at
from events;
create view pictallion.locations with (security_invoker) as
select location_id as id, name, latitude::text as latitude, longitude::text as longitude, radius_meters as radius,
    is_user_defined, photo_count, place_name, place_type, created_at
from locations;
create view pictallion.settings with (security_invoker) as
select setting_id as id, key, value #>> '{}' as value, category, created_at, updated_at
from settings where owner_id is null;
create view pictallion.ai_prompts with (security_invoker) as
select prompt_id as id, name, description, category, provider, system_prompt, user_prompt, is_default, is_active,
    created_at, updated_at
from ai_prompts;
create view pictallion.users with (security_invoker) as
select user_id as id, username, email, full_name, avatar_url, created_at, updated_at, last_login
from users;

grant usage on schema loist, lumilio, pictallion to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync, darkroom_library;
do $$
declare
    view_name regclass;
begin
    for view_name in
        select oid from pg_class
        where relkind = 'v' and relowner = current_user::regrole
            and relnamespace in ('public'::regnamespace, 'loist'::regnamespace, 'lumilio'::regnamespace,
                'pictallion'::regnamespace)
    loop
        execute format('grant select on %s to darkroom_ingest, darkroom_thumbnail, darkroom_embedding, '
            'darkroom_sync, darkroom_library', view_name);
    end loop;
end
$$;

drop schema pictallion cascade;
drop schema lumilio cascade;
drop schema loist cascade;
drop view media_processing_status, processing_queue_summary, processing_queue, depth_map_cache, media_items,
    global_tag_library, collection_photos, collections, file_versions, media_assets;

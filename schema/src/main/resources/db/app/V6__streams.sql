-- Each table's change stream is described by a JSON Schema that takes its words from here.
comment on column repositories.path is 'The folder on the machine of the services that read it.';
comment on column repositories.storage_strategy is 'How new originals are named: by date, flat, or by content (R35).';
comment on column assets.storage_path is 'Where the original is: a storage URI (R30).';
comment on column assets.blake3_hash is 'A second digest for a fast check before upload, where the uploader gave one (R10).';
comment on column assets.orientation is 'The EXIF orientation, 1 to 8; width and height are of the upright picture.';
comment on column assets.transcoded_path is 'The playable copy of a video or track, if one was made.';
comment on column assets.specific_metadata is 'What the file says of itself; Camera, GPSLatitude and GPSLongitude where they are known (R8).';
comment on column assets.deleted_at is 'When it went to the trash; null for what is in the library (R34).';
comment on column asset_files.tier is 'bronze as it came, silver worked on, gold chosen (PI-2).';
comment on column asset_files.asset_version is 'The version of the asset that the file belongs to.';
comment on column thumbnails.asset_version is 'The version of the asset that it was made from.';
comment on column processing_tasks.priority is '1 is most urgent, 10 least (R22).';
comment on column processing_tasks.last_error is 'What went wrong last, for a person; null once the task is completed.';

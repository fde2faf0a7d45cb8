alter publication darkroom_cdc drop table thumbnails;
drop table thumbnails;

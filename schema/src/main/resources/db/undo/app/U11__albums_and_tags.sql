alter publication darkroom_cdc drop table albums, album_assets, tags, asset_tags;
drop table asset_tags;
drop table tags;
drop table album_assets;
drop table albums;

alter publication darkroom_cdc drop table repositories, assets, asset_files;
drop table asset_files;
drop table assets;
drop function assets_search_vector();
drop table repositories;

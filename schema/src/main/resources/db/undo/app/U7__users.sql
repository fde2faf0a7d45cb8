alter publication darkroom_cdc drop table users;
drop trigger "Know_owner" on assets;
drop trigger "Know_owner" on repositories;
alter table assets drop constraint assets_owner_id_fkey;
alter table repositories drop constraint repositories_owner_id_fkey;
drop table users;
drop function trash_second_copies();
drop function know_owner();

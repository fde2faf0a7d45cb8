alter publication darkroom_cdc drop table people, faces, relationships, events;
drop table events;
drop table relationships;
alter table people drop column representative_face_id, drop column selected_thumbnail_face_id;
drop table faces;
drop table people;

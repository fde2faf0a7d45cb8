alter publication darkroom_cdc drop table audio_tracks;
drop table audio_tracks;
drop function audio_tracks_search_vector();

alter publication darkroom_cdc drop table embedding_spaces, embeddings, species_predictions, depth_maps;
drop table depth_maps;
drop table species_predictions;
drop table embeddings;
drop table embedding_spaces;

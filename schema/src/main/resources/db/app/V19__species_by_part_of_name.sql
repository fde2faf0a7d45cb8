-- A search finds a species by any part of its names.
create index species_predictions_species_trgm_idx on species_predictions using gin (species_name gin_trgm_ops);
create index species_predictions_common_trgm_idx on species_predictions using gin (common_name gin_trgm_ops);

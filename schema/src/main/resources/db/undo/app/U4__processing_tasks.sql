alter publication darkroom_cdc drop table processing_tasks;
drop table processing_tasks;

alter publication darkroom_cdc drop table locations, settings, ai_prompts;
drop table ai_prompts;
drop table settings;
drop table locations;

drop function update_updated_at_column();
drop type task_status;
drop type asset_type;
do $$
begin
    if not exists (select from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
                   where p.pubname = 'darkroom_cdc') then
        drop publication darkroom_cdc;
    end if;
end
$$;

alter publication darkroom_cdc drop table outbox, heartbeat;
drop table heartbeat;
drop table outbox;
do $$
begin
    if not exists (select from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
                   where p.pubname = 'darkroom_cdc') then
        drop publication darkroom_cdc;
    end if;
end
$$;

delete from processing_tasks where task like 'thumbnail-%';
alter policy thumbnail_own on processing_tasks using (task = 'thumbnail') with check (task = 'thumbnail');

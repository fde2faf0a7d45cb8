-- A thumbnail that was asked for is a task of its own, thumbnail-<profile>, which no asset needs to be ready.
alter policy thumbnail_own on processing_tasks
    using (task = 'thumbnail' or task like 'thumbnail-%')
    with check (task = 'thumbnail' or task like 'thumbnail-%');

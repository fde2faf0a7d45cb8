create or replace view processing_queue with (security_invoker) as
select uuid_generate_v5(asset_id, task) as id, asset_id as media_item_id,
    case status when 'dead' then 'failed' else status end as status,
    priority, attempts, max_attempts, last_error, error_count, queued_at, started_at, completed_at,
    processing_duration_seconds, created_at, updated_at, task
from processing_tasks;
comment on view processing_queue is 'The ledger under ImmichVR''s name, one row for each task of an asset; dead folds into failed (R23).';
comment on column processing_tasks.status is null;
-- The value itself stays, PostgreSQL takes none out of an enum.
delete from processing_tasks where status = 'skipped';

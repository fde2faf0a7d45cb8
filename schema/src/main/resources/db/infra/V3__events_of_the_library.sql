-- The trash: what a person puts there or takes out is told with the row.
grant insert on outbox to darkroom_library;

drop function lock_for_repair;

revoke insert on outbox from darkroom_library;

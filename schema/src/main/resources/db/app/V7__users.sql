create table users (
    user_id    uuid primary key default gen_random_uuid(),
    username   varchar(50)  not null check (username <> ''),
    email      varchar(255) check (email <> ''),
    full_name  varchar(255),
    avatar_url text,
    last_login timestamptz,
    created_at timestamptz  not null default now(),
    updated_at timestamptz  not null default now()
);
comment on table users is 'Who uses the library: the profile. Passwords, keys and sessions live in a database of their own, identity.';
comment on column users.username is 'Unique, whatever the case.';
comment on column users.email is 'Unique, whatever the case; null while an owner is known by id only.';
create unique index users_username_key on users (lower(username));
create unique index users_email_key on users (lower(email));
create trigger users_updated_at before update on users
    for each row execute function update_updated_at_column();

grant select, insert, update, delete on users to darkroom_library;
grant select on users to darkroom_cdc;
grant select (user_id, username, full_name) on users to
    darkroom_ingest, darkroom_thumbnail, darkroom_embedding, darkroom_sync;

alter publication darkroom_cdc add table
    users (user_id, username, email, full_name, avatar_url, last_login, created_at, updated_at);

-- Files and accounts arrive by different ways, in any order. An owner who is not known yet gets a bare profile, which
-- the account fills in; so nothing is refused, and owner_id always leads to a row.
create function know_owner() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into users (user_id, username)
    select new.owner_id, 'user-' || new.owner_id
    where not exists (select from users where user_id = new.owner_id)
    on conflict do nothing;
    return null;
end
$$;
revoke execute on function know_owner() from public;

insert into users (user_id, username)
select owner_id, 'user-' || owner_id
from (select owner_id from repositories union select owner_id from assets) o
where owner_id is not null;

-- Triggers fire in the order of their names, capital letters first: these come before the foreign keys' own. They are
-- no BEFORE triggers, because those would keep COPY from writing many rows at once.
create trigger "Know_owner" after insert or update of owner_id on repositories
    for each row when (new.owner_id is not null) execute function know_owner();
create trigger "Know_owner" after insert or update of owner_id on assets
    for each row when (new.owner_id is not null) execute function know_owner();
alter table repositories add constraint repositories_owner_id_fkey
    foreign key (owner_id) references users on delete set null;
alter table assets add constraint assets_owner_id_fkey
    foreign key (owner_id) references users on delete set null;

-- R20 leaves a deleted user's assets to nobody. Where nobody has the same bytes already, R11 would forbid it: such a
-- second copy goes to the trash.
create function trash_second_copies() returns trigger language plpgsql as $$
begin
    update assets a set deleted_at = now()
    where a.owner_id = old.user_id and a.deleted_at is null
        and exists (
            select from assets b
            where b.owner_id is null and b.deleted_at is null
                and b.repository_id = a.repository_id and b.content_hash = a.content_hash);
    return old;
end
$$;
create trigger users_trash_second_copies before delete on users
    for each row execute function trash_second_copies();

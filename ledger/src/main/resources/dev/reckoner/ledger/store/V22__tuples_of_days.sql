-- The tuples without session once more: daily rollups go by these alone, and in dims they lie far apart among those of
-- sessions. Here they are read at once when a server starts.
create table dims_days (
  dims_id uuid primary key,
  user_name varchar not null,
  team varchar not null,
  project varchar not null,
  session_id varchar not null,
  tags varchar not null,
  key_hash varchar not null,
  key_hint varchar not null,
  workspace_id varchar not null,
  model varchar not null,
  service_tier varchar not null,
  speed varchar not null,
  inference_geo varchar not null,
  context_window varchar not null,
  virtual_key varchar not null
);

insert into dims_days (dims_id, user_name, team, project, session_id, tags, key_hash, key_hint, workspace_id, model,
  service_tier, speed, inference_geo, context_window, virtual_key)
select dims_id, user_name, team, project, session_id, tags, key_hash, key_hint, workspace_id, model,
  service_tier, speed, inference_geo, context_window, virtual_key from dims where session_id = '';

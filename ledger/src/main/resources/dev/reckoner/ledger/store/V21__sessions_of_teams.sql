-- Sessions of a team or a project, as those of a user: their pages list the dearest of a year.
create index rollups_sessions_team on rollups_sessions (team, epoch_day);
create index rollups_sessions_project on rollups_sessions (project, epoch_day);

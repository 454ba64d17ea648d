-- Documents beside the entries: pulled pages of the vendor's reports, reconciliations, closed months. Only ever inserted.
create table documents (
  document_id bigint primary key,
  kind varchar(64) not null,
  name varchar not null,
  kept_at bigint not null,
  body text not null
);

create index documents_name on documents (kind, name, document_id);

insert into sequences (name, taken) values ('documents', 0);

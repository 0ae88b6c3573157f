-- The tables of the SQLite export. Datasette shows a row by its column `name`.
PRAGMA page_size = 4096;
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- path
  iri TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  encoding TEXT NOT NULL
);
CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT,
  year INTEGER,
  venue TEXT,
  mentions INTEGER NOT NULL,
  iri TEXT NOT NULL UNIQUE
);
CREATE TABLE names (
  entity INTEGER NOT NULL REFERENCES entities (id),
  name TEXT NOT NULL,
  PRIMARY KEY (entity, name)
) WITHOUT ROWID;
CREATE TABLE identifiers (
  entity INTEGER NOT NULL REFERENCES entities (id),
  identifier TEXT NOT NULL,
  PRIMARY KEY (entity, identifier)
) WITHOUT ROWID;
CREATE TABLE attributes (
  entity INTEGER NOT NULL REFERENCES entities (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (entity, key, value)
) WITHOUT ROWID;
CREATE TABLE relations (
  id INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL REFERENCES entities (id),
  predicate TEXT NOT NULL,
  object INTEGER NOT NULL REFERENCES entities (id),
  confidence REAL NOT NULL,
  polarity TEXT NOT NULL, -- positive, or negative: the notes deny it
  asserted INTEGER NOT NULL, -- 1 if it is positive and reaches the threshold of the graph
  dataset INTEGER REFERENCES entities (id),
  metric TEXT,
  iri TEXT NOT NULL
);
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  relation INTEGER NOT NULL REFERENCES relations (id),
  supports INTEGER NOT NULL, -- 0 if it says the opposite
  sentence TEXT NOT NULL,
  note INTEGER REFERENCES notes (id),
  line INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  extractor TEXT NOT NULL,
  tier TEXT NOT NULL,
  confidence REAL NOT NULL,
  iri TEXT NOT NULL
);
CREATE TABLE mentions (
  entity INTEGER NOT NULL REFERENCES entities (id),
  note INTEGER REFERENCES notes (id),
  line INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  surface TEXT NOT NULL
);

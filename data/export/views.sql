-- Indices, search and views of the SQLite export, made when the tables are full.
CREATE INDEX entities_by_name ON entities (name);
CREATE INDEX entities_by_type ON entities (type, name);
CREATE INDEX names_by_name ON names (name);
CREATE INDEX identifiers_by_identifier ON identifiers (identifier);
CREATE INDEX relations_by_subject ON relations (subject, predicate);
CREATE INDEX relations_by_object ON relations (object, predicate);
CREATE INDEX relations_by_predicate ON relations (predicate);
CREATE INDEX evidence_by_relation ON evidence (relation);
CREATE INDEX evidence_by_note ON evidence (note, line);
CREATE INDEX mentions_by_entity ON mentions (entity);
CREATE INDEX mentions_by_note ON mentions (note, line);

-- Datasette recognises it by content="evidence". In SQL: select * from evidence where id in (select rowid from evidence_fts where evidence_fts match '持续学习')
CREATE VIRTUAL TABLE evidence_fts USING fts5 (sentence, content="evidence", content_rowid="id", tokenize="{tokenizer}");
INSERT INTO evidence_fts (evidence_fts) VALUES ('rebuild');

-- Every claim in names, with its surest sentence.
CREATE VIEW claims AS
SELECT s.name AS subject, r.predicate, o.name AS object, r.confidence, r.polarity, r.asserted, d.name AS dataset, r.metric,
  e.sentence, n.name AS note, e.line, r.id AS relation
FROM relations r
JOIN entities s ON s.id = r.subject
JOIN entities o ON o.id = r.object
LEFT JOIN entities d ON d.id = r.dataset
LEFT JOIN evidence e ON e.id = (
  SELECT id FROM evidence WHERE relation = r.id AND supports ORDER BY confidence DESC, id LIMIT 1
)
LEFT JOIN notes n ON n.id = e.note;

-- What builds on what, asserted only.
CREATE VIEW lineage AS
SELECT subject AS newer, predicate, object AS older, confidence, sentence, note, line
FROM claims WHERE predicate IN ('extends', 'improvesOn') AND asserted ORDER BY older, newer;

-- Papers with what they introduce and where they come from.
CREATE VIEW papers AS
SELECT p.name, p.year, p.venue,
  (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT o.name FROM relations r JOIN entities o ON o.id = r.object
    WHERE r.subject = p.id AND r.predicate = 'introduces' AND r.asserted ORDER BY o.name)) AS introduces,
  (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT o.name FROM relations r JOIN entities o ON o.id = r.object
    WHERE r.subject = p.id AND r.predicate = 'affiliatedWith' AND r.asserted ORDER BY o.name)) AS institutions,
  (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT o.name FROM relations r JOIN entities o ON o.id = r.object
    WHERE r.subject = p.id AND r.predicate = 'hasTopic' AND r.asserted ORDER BY o.name)) AS topics,
  p.mentions, p.id AS entity
FROM entities p WHERE p.type = 'Paper' ORDER BY p.year, p.name;

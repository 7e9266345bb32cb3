"""The tables of ``content.db``: the one place where reader and writer agree.

Columns of a primary key come first: SQLite 3.40's quick_check reports NULLs that are not there in WITHOUT ROWID tables
whose key columns stand further back.
"""

from __future__ import annotations

APPLICATION_ID = 0x57424B31  # "WBK1"
USER_VERSION = 1

TABLES = """
CREATE TABLE edition (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE category (id TEXT PRIMARY KEY, title TEXT NOT NULL, patient_title TEXT NOT NULL, parent TEXT, position INTEGER NOT NULL);
CREATE TABLE reference (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, authors TEXT NOT NULL, year INTEGER,
  volume TEXT NOT NULL, issue TEXT NOT NULL, pages TEXT NOT NULL, doi TEXT NOT NULL, pmid TEXT NOT NULL, url TEXT NOT NULL,
  confirmed INTEGER NOT NULL, use TEXT NOT NULL);
CREATE TABLE term (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, preferred TEXT NOT NULL, broader TEXT NOT NULL, article TEXT, abbreviations TEXT NOT NULL,
  brands TEXT NOT NULL, synonyms TEXT NOT NULL, lay TEXT NOT NULL, spellings TEXT NOT NULL, misspellings TEXT NOT NULL);
CREATE TABLE article (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL,
  question_clinician TEXT NOT NULL, question_student TEXT NOT NULL, question_patient TEXT NOT NULL,
  review TEXT NOT NULL, changes TEXT NOT NULL, related TEXT NOT NULL);
CREATE TABLE article_category (
  article TEXT NOT NULL REFERENCES article(id), position INTEGER NOT NULL, category TEXT NOT NULL REFERENCES category(id),
  PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE TABLE section (
  article TEXT NOT NULL REFERENCES article(id), position INTEGER NOT NULL, id TEXT NOT NULL,
  heading_clinician TEXT NOT NULL, heading_student TEXT NOT NULL, heading_patient TEXT NOT NULL,
  PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE TABLE statement (
  article TEXT NOT NULL REFERENCES article(id), id TEXT NOT NULL, section INTEGER, position INTEGER NOT NULL,
  clinician TEXT NOT NULL, student TEXT NOT NULL, patient TEXT NOT NULL,
  flags TEXT NOT NULL, note TEXT NOT NULL, correction INTEGER NOT NULL, conflict INTEGER NOT NULL, claims TEXT NOT NULL,
  diagnosis TEXT, review_state TEXT NOT NULL,
  PRIMARY KEY (article, id)) WITHOUT ROWID;
CREATE TABLE citation (
  article TEXT NOT NULL, statement TEXT NOT NULL, position INTEGER NOT NULL, reference TEXT NOT NULL REFERENCES reference(id),
  PRIMARY KEY (article, statement, position)) WITHOUT ROWID;
CREATE TABLE effect (
  article TEXT NOT NULL, statement TEXT NOT NULL, position INTEGER NOT NULL,
  drug TEXT NOT NULL REFERENCES term(id), finding TEXT NOT NULL REFERENCES term(id), relation TEXT NOT NULL,
  PRIMARY KEY (article, statement, position)) WITHOUT ROWID;
CREATE TABLE checklist (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, purpose TEXT NOT NULL, use TEXT NOT NULL, categories TEXT NOT NULL, articles TEXT NOT NULL,
  review TEXT NOT NULL, version INTEGER NOT NULL, changes TEXT NOT NULL, trial TEXT NOT NULL, reference_ids TEXT NOT NULL);
CREATE TABLE checklist_item (
  checklist TEXT NOT NULL REFERENCES checklist(id), position INTEGER NOT NULL, pause_point INTEGER NOT NULL, pause_when TEXT NOT NULL,
  id TEXT NOT NULL, text TEXT NOT NULL, answer TEXT NOT NULL, label TEXT NOT NULL, life_threatening INTEGER NOT NULL,
  source TEXT NOT NULL, why_missed TEXT NOT NULL,
  PRIMARY KEY (checklist, position)) WITHOUT ROWID;
CREATE INDEX effect_by_drug ON effect (drug);
CREATE INDEX effect_by_finding ON effect (finding);
"""

"""What the knowledge is: articles, statements, references, checklists, terms, as plain values."""

"""How content is made: text sources are read, checked and compiled into ``content.db`` and the index."""

"""How it is found: typed words become a query, a query becomes articles shown at their best statement."""

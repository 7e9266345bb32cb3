"""Checklists on paper: what a sheet says, and the published criteria it is held against (no Qt)."""

"""The copy room: documents measured, paginated and painted with Qt, on paper, into a PDF or as a preview (no widgets)."""

"""What is shown: an article becomes a Page, a value that window, paper and command line share (no Qt)."""

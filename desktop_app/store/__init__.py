"""Where knowledge is kept: the compiled content (read-only) and, in personal mode, the person's own small database."""

"""The command line: a reader without a window, and the proof that one can be written on everything below ``ui``."""

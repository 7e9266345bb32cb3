"""Measurements of the program; benchmarks/README.md says how to run them and holds the last figures."""

"""Remembers: rows, the stores in SQL and in memory, the migrations."""

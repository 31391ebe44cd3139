"""Serves browsers: the web chat."""

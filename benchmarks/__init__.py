"""Measures: how fast the tutor is, beside the bare database and beside its peers."""

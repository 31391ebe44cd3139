"""The store in dictionaries, one port a file; storage/memory.py puts them together."""

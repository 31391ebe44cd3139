"""Watches the clock and wakes the use cases that are due."""

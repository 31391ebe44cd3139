"""The product: how to teach. No I/O, no clock and no chance of its own; talks to nobody."""

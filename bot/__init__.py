"""Messages in and out: the command line, the platforms, the inbox, the outbox, the wiring."""

"""One file per messaging platform. The folder is the registry: loaded lazily, by name."""

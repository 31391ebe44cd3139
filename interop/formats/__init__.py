"""The formats courses come in, one file each."""

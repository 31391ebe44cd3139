"""What the product does, one file per thing; async; speaks to ports only."""

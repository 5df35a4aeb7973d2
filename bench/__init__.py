"""Speed and memory of the whole product: `make bench`."""

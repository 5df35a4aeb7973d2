"""What several formats stand on: sources and archives, records, tokens, levels, and the way out in parts."""

"""What web pages, feeds, Word files and PDF have in common: their parsers run apart, under limits."""

"""What the editor starts from when it opens an article."""

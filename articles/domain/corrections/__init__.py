"""What happens to annotations when the text of an article is corrected."""

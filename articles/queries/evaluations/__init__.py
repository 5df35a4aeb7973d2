"""What engines are measured on, what came of it, and where they are wrong."""

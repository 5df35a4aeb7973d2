"""What a wire story says about itself, and what its text shows where it says nothing."""

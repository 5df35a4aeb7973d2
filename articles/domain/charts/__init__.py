"""Where figures lie in a drawing."""

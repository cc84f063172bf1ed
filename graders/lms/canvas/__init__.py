"""Canvas: the zip of all submissions in, the gradebook out."""

"""What dashboard does by itself."""

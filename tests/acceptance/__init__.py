"""One story, unchanged, in every shape the product can be deployed in."""

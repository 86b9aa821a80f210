"""Every query of auth, a file for each thing it keeps."""

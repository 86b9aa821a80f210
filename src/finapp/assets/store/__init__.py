"""Every query of the assets context."""

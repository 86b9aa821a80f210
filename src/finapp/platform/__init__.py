"""Plumbing that knows no finance: storage, events, identity, the wire between contexts, errors over HTTP."""

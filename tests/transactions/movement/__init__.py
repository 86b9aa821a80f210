"""Tests of the movement rooms."""

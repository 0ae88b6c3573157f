"""Tests of `papergraph mcp`."""

"""The words of a survey's units: each published sentence about firms beside the one about local units."""

"""A release as a value: its tables as they are frozen in JSON and read again, and what differs between two."""

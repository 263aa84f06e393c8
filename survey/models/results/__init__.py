"""What leaves the office: cuts of waves, open answers that were cleared, crossings that were asked for."""

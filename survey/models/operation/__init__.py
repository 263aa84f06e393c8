"""What the office runs on: jobs outside the web, their workers, and what is done by the clock."""

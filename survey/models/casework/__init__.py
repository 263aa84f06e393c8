"""What the office does on cases: outcomes, the log, who works on what until when, whose districts, acceptance."""

"""Writing to firms: the texts, the runs with a row for each firm, and the plan of reminders."""

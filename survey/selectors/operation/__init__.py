"""What runs beside the web: the jobs that a member of staff may see, and the workers."""

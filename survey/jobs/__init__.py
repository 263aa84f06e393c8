"""What runs in the queue: kinds of work, each a thin call of services and exchange, with progress."""

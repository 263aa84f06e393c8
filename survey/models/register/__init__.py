"""The firms that live across lists, surveys and waves: what is known of each, since when, and from where."""

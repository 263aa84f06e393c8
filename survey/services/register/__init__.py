"""The firm register: filled from lists, corrected in the office, offered to the next frame."""

"""A reader's stars, notes and jump marks, in sidecar files, and the read state."""

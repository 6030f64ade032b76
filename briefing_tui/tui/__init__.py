"""The terminal half: rows into pixels, keys into requests."""

import os

# What several widgets draw of one key comes in two or three paints, each at the next beat of the
# framework's clock; at its usual 60 beats a second the last would be late by a sixtieth.
os.environ.setdefault("TEXTUAL_FPS", "240")

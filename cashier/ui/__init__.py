"""The screen: draws a view of the till and passes keys on. Passive: no rule of the trade lives here.

Textual reads its settings from the environment when it is first imported, so they are made here, before that.
"""

import os

os.environ["TEXTUAL_FPS"] = "240"
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"

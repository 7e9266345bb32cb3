"""Runs first in the frozen program: nothing in the surroundings may make Qt or Python load foreign code.

A ward computer is shared; whoever can set an environment variable must not be able to choose plug-ins, styles or modules.
Variables that only say how things look or where they are drawn (platform, scaling, accessibility) are left alone.
On Linux a locale without UTF-8 is replaced as Qt would replace it, but without its complaint: file names stay readable.
"""

from __future__ import annotations

import os
import sys

HARMLESS = (
    "QT_QPA_PLATFORM",
    "QT_SCALE_FACTOR",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_AUTO_SCREEN_SCALE_FACTOR",
    "QT_ENABLE_HIGHDPI_SCALING",
    "QT_SCALE_FACTOR_ROUNDING_POLICY",
    "QT_FONT_DPI",
    "QT_ACCESSIBILITY",
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON",
    "QT_IM_MODULE",
)
FOREIGN = ("QT_", "QML", "QSG_", "PYSIDE", "SHIBOKEN")

for name in [name for name in os.environ if name.startswith(FOREIGN) and name not in HARMLESS]:
    del os.environ[name]

# The program's own folder first: each module is then found at the first place that is looked at (10 ms of a start).
sys.path.sort(key=lambda place: place != getattr(sys, "_MEIPASS", ""))

if sys.platform.startswith("linux"):
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "C")
    if "UTF-8" not in locale.upper().replace("UTF8", "UTF-8"):
        os.environ.pop("LC_ALL", None)
        os.environ["LC_CTYPE"] = "C.UTF-8"

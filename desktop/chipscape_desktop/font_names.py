"""What the bundled faces are called, and their files; known without Qt and without a font library."""

INTER_FAMILY = "Inter"
INTER_FILES = {weight: f"Inter-{weight}.ttf" for weight in (400, 500, 600, 700)}
CJK_FAMILY = "Chipscape Sans CJK"
CJK_FILE = "ChipscapeSansCJK-Regular.otf"

"""The window: widgets that show and ask; decisions are made below."""

"""The starter courses: one folder of Markdown each (docs/courses.md)."""

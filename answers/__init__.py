"""Answers from the course: passages, retrieval, quotation."""

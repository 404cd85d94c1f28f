"""A reader, an encoder, a method and two writers for yoyak."""

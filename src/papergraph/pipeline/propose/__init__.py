"""Asking a language model: the server, the limits, the replies that are kept, and files of requests."""

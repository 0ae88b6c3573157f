"""The pages of a graph as values: what each shows. `serve` answers requests with them, `site` writes them to files.

A page knows addresses, such as `/id/method/h2o`; the `Links` of whoever renders it turn them into links.
"""

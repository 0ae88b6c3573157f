# ruff: noqa: A005  the room is named after what it tests

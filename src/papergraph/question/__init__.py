"""Questions in words: which ready-made query they mean, about which entities."""

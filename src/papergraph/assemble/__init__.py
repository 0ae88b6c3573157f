"""From relation mentions to relations: every claim once, with all its evidence."""

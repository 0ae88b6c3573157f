"""From notes to a stored graph: the steps in their order, the readers of notes, and what is kept between builds."""

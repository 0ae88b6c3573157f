from papergraph.sources.brackets import pair_brackets

EITHER = ("、", "【")
CLOSING = ("、", "」")


def test_the_only_place_for_the_other_half_is_taken() -> None:
    assert pair_brackets([EITHER, ("注",), ("】",)]) == [("【",), ("注",), ("】",)]
    assert pair_brackets([("「",), ("注",), CLOSING]) == [("「",), ("注",), ("」",)]


def test_a_bracket_without_another_half_on_its_line_is_no_candidate() -> None:
    assert pair_brackets([EITHER, ("注",), ("\n",), ("】",)]) == [("、",), ("注",), ("\n",), ("】",)]
    assert pair_brackets([("注",), CLOSING]) == [("注",), ("、",)]


def test_of_two_places_the_text_around_them_decides() -> None:
    slots = [EITHER, ("注",), EITHER, ("意",), ("】",)]
    assert pair_brackets(slots) == slots


def test_a_whole_pair_leaves_the_rest_of_the_line_alone() -> None:
    assert pair_brackets([EITHER, ("【",), ("注",), ("】",)]) == [("、",), ("【",), ("注",), ("】",)]

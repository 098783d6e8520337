"""The figures of the README are drawn from the code and are those of this code."""

from scripts import figures


def test_figures_are_up_to_date() -> None:
    """Given the README, then its figures are what the machines do now; else run scripts/figures."""
    text = figures.README.read_text(encoding="utf-8")
    assert figures.placed(text) == text


def test_figures_can_be_read() -> None:
    """Given a figure, then it has as many arrows as an eye can follow, each with its reason."""
    for figure in figures.FIGURES:
        edges = figures.edges(figure)
        assert 5 <= len(edges) <= 25, figure.title
        assert all(labels for labels in edges.values())


def test_every_state_is_in_a_figure() -> None:
    """Given the table of states, then each is drawn in exactly one machine."""
    drawn = [state for figure in figures.FIGURES for state in figure.states]
    assert sorted(drawn) == sorted({figures.state_name(till.mode) for till in figures.states().values()})


def test_markers_are_made_where_there_are_none() -> None:
    """Given a README without markers, when the figures are placed, then they stand at its end and only once."""
    placed = figures.placed("# Till\n")
    assert placed.startswith("# Till\n\n<!-- figures:begin -->")
    assert figures.placed(placed) == placed

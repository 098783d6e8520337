"""The figures of the README are drawn from the code and are those of this code."""

from pathlib import Path

import pytest

from scripts import figures
from tests.core.samples import state_name, states


def test_figures_are_up_to_date() -> None:
    """Given the README, then its figures are what the machines do now; else run scripts/figures."""
    assert figures.main(["--check"]) == 0


def test_stale_figures_are_found_and_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Given a README with an old figure, when it is checked, then that fails until the figures are drawn anew."""
    readme = tmp_path / "README.md"
    readme.write_text(
        figures.README.read_text(encoding="utf-8").replace("--> Weighing", "--> Weighed"), encoding="utf-8"
    )
    monkeypatch.setattr(figures, "README", readme)
    assert figures.main(["--check"]) == 1
    assert "scripts/figures" in capsys.readouterr().err
    assert figures.main([]) == 0
    assert figures.main(["--check"]) == 0


def test_figures_can_be_read() -> None:
    """Given a figure, then it has as many arrows as an eye can follow, each with its reason."""
    for figure in figures.FIGURES:
        edges = figures.edges(figure)
        assert 5 <= len(edges) <= 25, figure.title
        assert all(labels for labels in edges.values())


def test_every_state_is_in_a_figure() -> None:
    """Given the table of states, then each is drawn in exactly one machine."""
    drawn = [state for figure in figures.FIGURES for state in figure.states]
    assert sorted(drawn) == sorted({state_name(till.mode) for till in states().values()})


def test_markers_are_made_where_there_are_none() -> None:
    """Given a README without markers, when the figures are placed, then they stand at its end and only once."""
    placed = figures.placed("# Till\n")
    assert placed.startswith("# Till\n\n<!-- figures:begin -->")
    assert figures.placed(placed) == placed

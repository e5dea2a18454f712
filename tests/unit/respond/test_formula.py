import pytest

from roomtone.respond.formula import in_words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"The area is \( \pi r^2 \).", "The area is pi r squared ."),
        (r"$E = mc^2$", "E is mc squared"),
        (r"$$x = \frac{1}{2}$$", "x is 1 over 2"),
        (r"\[ \sqrt{16} = 4 \]", "the square root of 16 is 4"),
        (r"$3 \times 4 \approx 12$", "3 times 4 is about 12"),
        (r"$90^\circ$", "90 degrees"),
        (r"$x_1 + x_{2}$", "x 1 + x 2"),
        (r"$2^{10}$", "2 to the power of 10"),
        (r"\boxed{42}", "42"),
        (r"$\frac{\sqrt{2}}{2}$", "the square root of 2 over 2"),
        (r"$50\%$", "50 percent"),
    ],
)
def test_a_formula_is_said(written, said):
    assert " ".join(in_words(written).split()) == said


@pytest.mark.parametrize(
    "text", ["It costs $5 or $6.", "a_b and c^d", "C:\\temp", "2 = 2", "Paris.", "{curly}"]
)
def test_all_else_stays(text):
    assert in_words(text) == text

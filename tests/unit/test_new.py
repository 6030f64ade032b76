"""New briefings: they pass their check, know their article, and hold none of its sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.check import check
from briefing_tui.briefing.json_schema import FILE_NAME
from briefing_tui.briefing.load import load
from briefing_tui.briefing.sentences import paragraphs, passages, sentences
from briefing_tui.briefing.source_verification import short_hash
from briefing_tui.cli import cli
from briefing_tui.writer.article_notes import MAX_WORDS, notes
from briefing_tui.writer.skeleton import SkeletonError, file_name, skeleton
from tests.conftest import DATA
from tests.golden import same_as_golden

ARTICLE = DATA / "writing" / "article.txt"
DAY = "2031-03-14"


def split(text: str) -> list[list[str]]:
    """The sentences of a text by paragraph."""
    return [[text[a:b] for a, b in sentences(text, one)] for one in paragraphs(text)]


SENTENCES = {
    "money": "It cost Rs. 40,000 crore. | Nobody paid.",
    "titles": "Dr. Rao met Gen. Ek and Mrs. Holm. | They spoke.",
    "states": "The U.S. Navy left the U.K. yesterday. | It came back.",
    "state at the end": "They sailed to the U.S. | The ice was thin.",
    "initials": "J. K. Holm and Ole B. Ek signed. | W. did not.",
    "number": "It was No. 5 on the list. | He said no. | Five is right.",
    "month": "On Jan. 5 it froze. | It thawed in Jan. | The pier sank.",
    "hour": "It struck 5 p.m. Tuesday. | It struck at 6 p.m. | The door opened.",
    "company": "Acme Inc. Norway built it. | It was built by Acme Ltd. | They were late.",
    "decimal": "It grew by 3.5 million. | It shrank by 2.1.",
    "quotation": "She called it “ready.” | It was not. | “Stop!” she said. | “Go!” Inge Holm said.",
    "question in quotation": "He asked “why?” and left. | Why?",
    "brackets": "It sank (in 2019.) | It rose [again]. | Then it sank.",
    "dots": "Maybe... no. | Perhaps… | Never.",
    "no space": "See example.org for it.Really. | Yes!",
    "danda": "बर्फ पिघली। | जहाज चला।",
    "ideographs": "氷が解けた。|船が出た。",
    "shout": "What?! | Nothing.",
    "no-break space": "It cost Rs.\u00a040,000.\u00a0| All paid.",
}


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES)
def test_sentences(marked: str) -> None:
    wanted = [part.strip() for part in marked.split("|")]
    assert split(re.sub(r"\| ?", "", marked)) == [wanted]


PARAGRAPHS = {
    "blank lines": ("One. Two.\n\nThree.\n \nFour.\n", [["One.", "Two."], ["Three."], ["Four."]]),
    "carriage returns": ("One.\r\n\r\nTwo.\r\n", [["One."], ["Two."]]),
    "wrapped": ("One goes\non. Two\ngoes on.", [["One goes\non.", "Two\ngoes on."]]),
    "heading": ("Ice\n\nIt froze.", [["Ice"], ["It froze."]]),
    "heading on a paragraph": (
        "The ice\nIt froze in the night and nobody could\nleave. They stayed.",
        [["The ice"], ["It froze in the night and nobody could\nleave.", "They stayed."]],
    ),
    "a line each": (f"It {'really ' * 20}froze.\nThen it thawed.", [
        [f"It {'really ' * 20}froze."], ["Then it thawed."],
    ]),
    "list": ("1. Ice.\n2. Snow.", [["1. Ice.", "2. Snow."]]),
    "mark at the start": ("\ufeffIt froze.", [["It froze."]]),
    "nothing": (" \n\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name: str) -> None:
    text, wanted = PARAGRAPHS[name]
    assert split(text) == wanted


texts = st.text(st.sampled_from("aA1.!?\"”(\n\r\t ,।。Rs\u00a0\ufeff'"), max_size=60)


@given(texts)
def test_passages_cover_the_text_and_nothing_twice(text: str) -> None:
    found = list(passages(text).values())
    between = [0, *(at for one in found for at in (one.start, one.end)), len(text)]
    assert between == sorted(between)
    gaps = zip(between[::2], between[1::2], strict=True)
    assert "".join(text[a:b] for a, b in gaps).strip(" \n\r\t\u00a0\ufeff") == ""
    for one in found:
        words = text[one.start : one.end]
        assert words == words.strip()
        assert words
        assert one.hash == short_hash(words)


def test_names_figures_and_dates_are_found_with_their_passages() -> None:
    text = (
        "Inge Holm of the Karsholm Harbour Board paid Rs. 40,000 crore on 5 June 2031.\n\n"
        "However, S-400 is no figure. Holm’s 12.5 million kroner came by autumn 2032 or Tuesday."
    )
    found = notes(text, passages(text))
    assert found.dates == {"5 June 2031": ["P1S1"], "2032": ["P2S2"], "Tuesday": ["P2S2"]}
    assert found.figures == {"Rs. 40,000 crore": ["P1S1"], "12.5 million": ["P2S2"]}
    assert list(found.names) == ["Inge Holm", "Karsholm Harbour Board", "S-400", "Holm"]


@given(texts | st.text(max_size=200))
def test_any_article_gives_a_sound_briefing(text: str) -> None:
    try:
        written = skeleton("any.yaml", DAY, text.encode("utf-8", "surrogatepass"))
    except ValueError:
        return
    document = load(written.encode(), "any.yaml")
    assert check(document) == []
    assert document.briefing.sources["article"].text is not None


def test_no_sentence_is_copied() -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    written = skeleton("ice.yaml", DAY, ARTICLE.read_bytes())
    assert MAX_WORDS < 7
    words = article.split()
    for at in range(len(words) - MAX_WORDS):
        assert " ".join(words[at : at + MAX_WORDS + 1]) not in written


@pytest.mark.parametrize("article", [None, ARTICLE], ids=["empty", "article"])
def test_what_is_written(article: Path | None) -> None:
    data = article.read_bytes() if article else None
    written = skeleton("ice-ferry.yaml", DAY, data)
    assert check(load(written.encode(), "ice-ferry.yaml")) == []
    same_as_golden(f"new-{'article' if article else 'empty'}.yaml", written)


def test_the_comments_are_a_briefing_too() -> None:
    written = skeleton("ice.yaml", DAY)
    lines = [
        re.sub(r"^(\s*)# (?=\s*[a-z_-]+:|\s*- )", r"\1", line) for line in written.splitlines()
    ]
    text = (
        "\n".join(lines).replace("yaml-language-server:", "# ").replace("https://…", "https://a.no")
    )
    text = text.replace("derives_from: [wire]", "derives_from: []")
    problems = check(load(text.encode(), "ice.yaml"))
    assert [problem.format("") for problem in problems if problem.is_error] == []


NAMES = {
    "weir": "weir.yaml",
    "Weir Letter": "weir-letter.yaml",
    "weir.yaml": "weir.yaml",
    "Kårsholm  Light!": "karsholm-light.yaml",
    "S-400": "s-400.yaml",
    "2031": "2031.yaml",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_becomes_a_file_name(name: str) -> None:
    assert file_name(name) == NAMES[name]


@pytest.mark.parametrize("name", ["", "…", "氷", "---", ".yaml"])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(SkeletonError, match="needs a letter"):
        file_name(name)


@pytest.mark.parametrize("file", ["no.yaml", "2031.yaml", "s-400.yaml", "null.yaml", "a.yaml"])
def test_every_name_is_a_sound_title(file: str) -> None:
    document = load(skeleton(file, DAY).encode(), file)
    assert check(document) == []
    assert document.briefing.title.lower() == file.removesuffix(".yaml").replace("-", " ")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["new", *arguments])


def test_the_command_writes_both_files_and_overwrites_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("Ice Ferry", "--from", str(ARTICLE)).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE_NAME, "ice-ferry.yaml"]
    assert CliRunner().invoke(cli, ["check", "--strict", "ice-ferry.yaml"]).exit_code == 0
    (tmp_path / "ice-ferry.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / FILE_NAME).write_text("mine", encoding="utf-8")
    again = run("ice-ferry")
    assert again.exit_code == 2
    assert "ice-ferry.yaml: the file exists and is not changed" in again.output
    assert run("other").exit_code == 0
    assert {path.read_text() for path in (tmp_path / FILE_NAME, tmp_path / "ice-ferry.yaml")} == {
        "mine"
    }


def test_the_command_fails_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "empty.txt").write_bytes(b"\n \n")
    for arguments, code, message in (
        (["ice", "--from", "latin.txt"], 1, "latin.txt: not UTF-8"),
        (["ice", "--from", "empty.txt"], 1, "empty.txt: there is no text in it"),
        (["ice", "--from", "none.txt"], 2, "none.txt: No such file"),
        (["no/such/ice"], 2, "no/such/ice.yaml: No such file"),
        (["…"], 2, "needs a letter"),
    ):
        done = run(*arguments)
        assert (done.exit_code, message in done.output) == (code, True), done.output
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("part", [".", "A. ", "a\n", "1,", "A-", '"”', "Aa of the "])
def test_no_text_takes_long(part: str) -> None:
    # Any of these took minutes where a pattern or a look back had no bound.
    assert len(skeleton("a.yaml", DAY, (part * 50_000).encode())) < 10_000

"""The reader of lines, without a terminal: what is typed, and what is read then."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.terminal_text import cell_width, wrap_words
from briefing_tui.commands.registry import COMMANDS, Command, effective_keys
from briefing_tui.linear.answers import position
from briefing_tui.linear.command_parser import (
    OWN,
    TITLES,
    UNAVAILABLE,
    CommandParser,
)
from briefing_tui.linear.reader import LineReader
from briefing_tui.session.reading_session import Call
from briefing_tui.views.scene import scene_of, unchecked_scene
from tests import hostile
from tests.briefings import STORM, scene, text
from tests.conftest import DATA
from tests.observatory import document
from tests.sessions import line_reader

SUPPORTED = [command for command in COMMANDS if command.id not in UNAVAILABLE]


def session(*lines: str) -> LineReader:
    """A session in which some lines have been typed."""
    found = line_reader(scene_of(document()))
    for line in lines:
        found.do(line)
    return found


def after(*lines: str) -> str:
    """What the last of some lines is answered with."""
    *before, last = lines
    return session(*before).do(last)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_there_or_left_out_with_a_reason(command: Command) -> None:
    said = after(command.id)
    assert said.startswith(f"{command.id} does nothing here: ") == (command.id in UNAVAILABLE)
    if command.id in UNAVAILABLE:
        assert said == f"{command.id} does nothing here: {UNAVAILABLE[command.id]}."


def test_the_lists_name_no_command_that_is_gone() -> None:
    ids = {command.id for command in COMMANDS}
    assert {*UNAVAILABLE, *TITLES} <= ids
    assert not {command.id for command in OWN} & ids


def test_a_key_means_what_it_does_in_a_briefing() -> None:
    assert after("z") == f"zoom does nothing here: {UNAVAILABLE['zoom']}."
    assert CommandParser(effective_keys({})).parse("s").command == "source"


@pytest.mark.parametrize("command", SUPPORTED, ids=lambda command: command.id)
def test_key_and_name_do_the_same(command: Command) -> None:
    typed = CommandParser(effective_keys({}))
    for key in [command.id, command.id.replace("-", " ").upper(), *command.keys.split(",")]:
        assert typed.parse(key).command == command.id


def test_keys_are_those_of_the_configuration() -> None:
    found = line_reader(
        scene_of(document()), {"pane-timeline": "x", "zoom": "slash", "search": "é"}
    )
    assert found.do("x").startswith("Timeline, ")
    assert found.do("/quokka").startswith("No such command")
    assert found.do("é quokka").startswith("Match ")


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("5j", Call("down", 5)),
        ("12 G", Call("bottom", 12)),
        ("3 ]", Call("later", 3)),
        ("/two words", Call("search", argument="two words")),
        ("search  Two", Call("search", argument="Two")),
        ("A 2021-11", Call("as-of", argument="2021-11")),
        (":vale", Call("palette", argument="vale")),
        ("row 7", Call("row", argument="7")),
        ("follow 2", Call("follow", argument="2")),
        ("\t", Call("next-pane")),
        ("\x1b", Call("escape")),
        ("G", Call("bottom")),
        ("g", Call("top")),
        ("next pane", Call("next-pane")),
        ("foo", Call("", argument="foo")),
        ("99", Call("", argument="99")),
        ("1234567j", Call("", argument="1234567j")),
    ],
)
def test_what_a_line_means(line: str, order: Call) -> None:
    assert CommandParser(effective_keys({})).parse(line) == order


def test_it_opens_with_title_day_heading_and_first_row() -> None:
    lines = line_reader(scene_of(document())).opening().splitlines()
    assert lines[0].startswith("The observatory on Mount Senn. As of Monday 15 June 2020.")
    assert lines[2:4] == ["Summary, 5 points", "Bottom line"]
    assert lines[4].startswith("1 of 5. The great mirror is expected")


def test_enter_reads_on_and_headings_are_read_where_they_begin() -> None:
    lines = after("").splitlines()
    assert lines[0] == "Key points"
    assert lines[1].startswith("2 of 5. The ministry pays")
    assert after("", "").splitlines()[0].startswith("3 of 5. The glassworks")


def test_the_ends_are_told() -> None:
    assert after("k") == "This is the first row of Summary."
    assert after("G", "") == "End of Summary. Next-pane goes to Timeline."
    assert after("3 k").startswith("This is the first row")
    assert after("99j").startswith("Open questions\n5 of 5.")


def test_rows_are_gone_to_by_number() -> None:
    assert after("row 4").splitlines()[-1].startswith("4 of 5.")
    assert after("4G").splitlines()[-1].startswith("4 of 5.")
    assert after("row 400").splitlines()[-1].startswith("5 of 5.")
    assert after("row") == after("row ²") == "Which row? Type row and its number."


def test_panes_begin_where_the_screen_begins_them_and_keep_their_row() -> None:
    found = session("2")
    assert found.session.pane.view.title == "Timeline"
    here = position(found.session)
    found.do("4")
    found.do("timeline")
    assert position(found.session) == here
    assert after("3").startswith("Key actors, ")
    assert after("l", "l", "h").startswith("Timeline, ")


def test_a_row_below_another_says_which() -> None:
    lines = after("3", "row 3").splitlines()
    assert lines[:-1] == ["Ada Vale:"]
    assert after("2", "3", "row 4", "2", "3").splitlines()[1:3] == ["Switzerland", "Ada Vale:"]


def test_evidence_is_words() -> None:
    lines = after("e").splitlines()
    assert lines[0] == "The great mirror is expected by March 2021."
    assert lines[2] == "2 sources, rated by the briefer: B of Alpine Wire, C of Senn Gazette."
    assert "Source, C, fairly reliable: Senn Gazette paragraph 1 sentence 1" in lines[3]


def test_links_are_followed_by_number_and_back() -> None:
    found = session()
    asked = found.do("follow").splitlines()
    assert asked[0] == "Follow: 2 choices."
    assert asked[1].startswith("1. Deal: ")
    assert found.prompt == "Number: "
    assert found.do("1").startswith("Deal tracker, ")
    assert found.prompt == "> "
    assert found.do("H").startswith("Summary, ")
    assert found.do("L").startswith("Deal tracker, ")
    assert found.do("L") == "Nothing to go forward to."
    found.do("back")
    assert found.do("back") == "This is the start of the history."


def test_a_choice_can_be_made_at_once() -> None:
    assert after("follow 1").startswith("Deal tracker, ")
    assert after("follow 9") == "There is no choice 9."
    assert after("follow x") == "Follow: type a number."


def test_a_question_is_left_by_enter_escape_or_another_command() -> None:
    assert after("follow", "") == "Still in Summary, row 1 of 5."
    assert after("follow", "escape") == "Still in Summary, row 1 of 5."
    assert after("follow", "77") == "There is no choice 77; still in Summary, row 1 of 5."
    assert after("follow", "G").splitlines()[-1].startswith("5 of 5.")


def test_many_choices_come_nine_at_a_time() -> None:
    found = session("3", "row 1")
    first = found.do("follow").splitlines()
    assert len(first) == 11
    assert first[-1] == "Enter for more."
    second = found.do("").splitlines()
    assert second[1].startswith("10. Event: ")
    assert found.do("12").startswith("Timeline, ")


def test_a_row_that_is_about_nothing_leads_to_its_sources() -> None:
    assert after("G", "follow") == after("G", "source")
    assert after("G", "f") == "No actor or deal to narrow to here."


def test_narrowing_and_widening() -> None:
    found = session()
    said = found.do("f")
    assert said.startswith("Only ")
    assert "Only " in found.do("where")
    assert found.do("escape").startswith("All is shown again.\nSummary, 5 points")
    assert found.do("escape") == "Nothing to leave; in Summary, row 1 of 5."


def test_what_the_focus_hides_is_said() -> None:
    found = session("4", "2", "g")
    found.do("follow")
    founded = found.session.location
    found.session.history.push(founded)
    found.do("4")
    found.do("f")
    assert found.do("back") == "That row is hidden by the focus; escape widens it."
    found.do("escape")
    assert found.do("back").startswith("Timeline, ")


def test_search_goes_round_and_ends_where_it_began() -> None:
    found = session("2", "g")
    began = position(found.session)
    assert found.do("/quokka").startswith("Match ")
    seen = {position(found.session)}
    while (found.do("n"), position(found.session))[1] not in seen:
        seen.add(position(found.session))
    assert len(seen) > 2
    assert found.do("N").startswith("Match ")
    assert found.do("escape").startswith("The search is over.\n")
    assert position(found.session) == began
    assert found.do("n") == "No search yet; search starts one."


def test_rows_are_found_as_they_are_read_out() -> None:
    written = text(
        key_points="[{text: On 4–5 Oct the crew saw 3 × 2 lights, cite: [board]}]",
        timeline=f"[{STORM.replace('2020-11', '2020-11-03')}]",
    )
    reader = line_reader(scene(written))
    for typed in ("4 to 5 October the", "4–5 oct", "saw 3 2 lights", "3 x 2", "November 2020, occ"):
        assert reader.do(f"/{typed}").startswith("Match 1 of 1."), typed


def test_a_search_can_be_asked_for() -> None:
    found = session("search")
    assert found.prompt == "Search: "
    assert found.do("quokka").startswith("Match 1 of ")
    assert after("/", "") == "Empty; nothing done."
    assert after("/", "", "escape").startswith("Nothing to leave")
    assert after("/", "escape", "escape").startswith("Nothing to leave")
    assert after("/nothing like it") == "No match for “nothing like it”; escape returns."
    assert after("/nothing like it", "n") == "No match for “nothing like it”."


def test_the_checks_are_run() -> None:
    problems = scene_of(load_path(DATA / "mistakes.yaml")).problems
    found = line_reader(unchecked_scene(load_path(DATA / "mistakes.yaml")))
    assert f"{len(problems)} problems." in found.opening()


def test_places_are_found_by_name() -> None:
    assert after(":mirror") == after("palette", "mirror")
    assert after(":ada vale").startswith("Key actors, ")
    assert after(":ada vale", "H").startswith("Summary, ")
    assert after(":nobody") == "No actor, event or deal is called “nobody”."


def test_the_day_moves() -> None:
    found = session()
    earlier = found.do("[")
    assert earlier.startswith("As of ")
    assert "\nSummary, " in earlier
    found.do("{")
    assert " new." in found.do("2]")
    found.do("own-date")
    assert found.do("=") == "This is the briefing's own date."
    assert found.do("}").startswith("As of ")
    assert found.do("}") == "This is the last day."
    assert found.do("]") == "No later day with news."
    assert found.do("{").startswith("As of ")
    assert found.do("{") == "This is the first day."
    assert found.do("[") == "No earlier day with news."
    assert found.session.scene.as_of == found.session.scene.steps[0]


def test_a_day_is_typed() -> None:
    found = session("A 2020-09")
    assert found.session.scene.as_of == datetime.date(2020, 9, 30)
    assert session("as-of", "2020-09").session.scene.as_of == found.session.scene.as_of
    assert after("A soon").startswith("soon: ")
    assert after("A", "") == "Empty; nothing done."


def test_sources_are_read_one_item_at_a_time() -> None:
    found = session()
    first = found.do("s")
    assert first.startswith("Source gazette: Light on the mountain.\nSenn Gazette, 12 June 2020")
    assert "https://gazette.example/light" in first.splitlines()
    assert first.endswith("Enter for more.")
    assert found.do("").startswith("1 of ")
    assert found.do("e").startswith("The great mirror")
    assert found.do("").splitlines()[0] == "Key points", "another command ends what was read"


def test_passages_are_read_where_the_text_is_attached() -> None:
    text = "The great mirror will come in March 2021, they say. " + "x" * 80
    attached = msgspec.structs.replace(document(), texts={"gazette": text})
    said = line_reader(scene_of(attached)).do("s")
    assert f"Paragraph 1 sentence 1: “{text[:40].strip()}”" in said


def test_addresses_and_citations_are_printed() -> None:
    assert after("o") == (
        "Senn Gazette:\nhttps://gazette.example/light\nAlpine Wire:\nhttps://wire.example/crack"
    )
    assert after("G", "o") == "No source with an address is cited here."
    copied = after("y").splitlines()
    assert copied[0].startswith("The great mirror is expected by March 2021.")
    assert copied[1] == after("c")
    assert "Senn Gazette, “Light on the mountain”" in after("c")


def test_a_whole_pane_is_read() -> None:
    lines = after("all").splitlines()
    assert lines[0] == "Summary, 5 points"
    assert [line for line in lines if line.startswith("5. ")]
    assert after("p") == after("Y") == after("all")


def test_where() -> None:
    said = after("2", "where")
    assert said.startswith("Timeline, row ")
    assert "As of Monday 15 June 2020, day " in said


def test_help_goes_through_the_groups() -> None:
    found = session()
    said = [found.do("?")]
    while said[-1].endswith("Enter for more."):
        said.append(found.do(""))
    whole = "\n".join(said)
    for command in (*SUPPORTED, *OWN):
        assert f"{command.id}: " in whole
    for left_out in UNAVAILABLE:
        assert f"{left_out}: " not in whole
    assert said[-1].endswith("Back in Summary, row 1 of 5.")


def test_mistyped() -> None:
    assert after("evidense") == "No such command: evidense — did you mean 'evidence'?"
    assert after("xyzzy") == "No such command: xyzzy; help lists the commands."
    assert "\x1b" not in after("\x1b]0;x\x07")


@pytest.mark.parametrize("line", ["q", "Q", "quit", "exit"])
def test_quitting(line: str) -> None:
    found = session()
    assert found.do(line) == ""
    assert found.done


def test_q_backs_out_first() -> None:
    found = session("f", "/mirror")
    found.do("q")
    found.do("q")
    assert not found.done
    found.do("q")
    assert found.done


def test_cancelling_forgets_what_waits() -> None:
    found = session("s")
    assert found.cancel() == "Cancelled. You are in Summary, row 1 of 5."
    assert found.do("").splitlines()[0] == "Key points"
    found.do("follow")
    found.cancel()
    assert found.prompt == "> "


def test_an_empty_briefing_says_so_everywhere() -> None:
    found = line_reader(scene(text(timeline="[]", actors="{}", deals="{}")))
    assert "Warning: test.yaml:" in found.opening(), "nothing cites one of the sources"
    assert found.do("2") == "Timeline, 0 events\nThis briefing lists no events."
    for line in ["", "k", "2", "G", "g", "e", "s", "o", "c", "y", "follow", "f", "all", "where"]:
        assert found.do(line)
    assert found.do("/x") == "No match for “x”; escape returns."
    assert found.do("escape").startswith("The search is over.")


def test_every_line_survives_a_hostile_briefing() -> None:
    found = line_reader(scene_of(hostile.document(events=40)))
    said = [found.opening()]
    for pane in "1234":
        said.append(found.do(pane))
        for line in ["all", "g", "e", "s", "", "o", "y", "c", "follow", "1", "H", "f", "1", "q"]:
            said.append(found.do(line))
        for line in ["b", "a", "x", "a", "-", "mx", "'", "x", ".", ","]:
            said.append(found.do(line))
        for _ in range(60):
            said.append(found.do(""))
            said.append(found.do("e"))
    assert not found.done
    for one in said:
        assert not hostile.CONTROL.search(one.replace("\n", ""))


@pytest.mark.parametrize("width", [1, 5, 20, 80])
def test_lines_are_broken_at_spaces_only(width: int) -> None:
    line = "A sentence with 漢字 and averyveryverylongword at https://a.example/very/long/address."
    broken = "\n".join(wrap_words(line, width))
    assert broken.replace("\n", " ") == line
    for one in broken.split("\n"):
        assert cell_width(one) <= width or " " not in one
    assert wrap_words("", width) == [""]

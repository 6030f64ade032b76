"""The line reader: runs typed commands in a session and returns the answers as text."""

from __future__ import annotations

from collections.abc import Iterable

from briefing_tui.annotations.drafts import Draft
from briefing_tui.briefing.problems import suggestion
from briefing_tui.briefing.terminal_text import excerpt, printable
from briefing_tui.commands.unbound_keys import UnboundKeys
from briefing_tui.linear import answers
from briefing_tui.linear.command_parser import UNAVAILABLE, CommandParser
from briefing_tui.session import outcomes
from briefing_tui.session.history import Location
from briefing_tui.session.outcomes import Outcome
from briefing_tui.session.reading_session import NOT_SHOWN, Call, ReadingSession
from briefing_tui.views.copy_text import citation
from briefing_tui.views.spoken_rows import join_sentences, spoken_text

CHOICES = 9
"""Number of choices in one answer."""

Question = outcomes.Ask | outcomes.AskLetter | outcomes.Choose

_PROMPTS = {
    "note": "Note: ",
    "search": "Search: ",
    "palette": "Name: ",
    "as-of": "As of, for example 2021-11, 2023 or latest: ",
}


class LineReader:
    """Runs typed commands in a session, and renders their outcomes as lines."""

    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.question: Question | None = None
        """The question that the next line answers."""
        self.rest: list[str] = []
        """The texts that Enter reads next, in reverse order."""
        self.done = False
        self._first_choice = 0
        self._parser = CommandParser(session.keys)
        self._unbound_keys = UnboundKeys(session.keys)
        session.name_words()
        session.search.include_speech()
        session.show(session.completed(session.scene))
        session.settle()

    @property
    def prompt(self) -> str:
        """The prompt, in ASCII."""
        match self.question:
            case None:
                return "> "
            case outcomes.AskLetter():
                return "Letter: "
            case outcomes.Choose():
                return "Number: "
            case outcomes.Ask(command):
                return _PROMPTS[command]

    def opening(self) -> str:
        """Return the text before the first prompt."""
        session = self.session
        title = session.scene.document.briefing.title
        about = [f"{title}.", f"{answers.day(session)}.", *answers.state(session)]
        if session.is_resumed:
            about.append(join_sentences([session.resumed_message]))
        warnings = [join_sentences([f"Warning: {printable(text)}"]) for text in session.warnings]
        hint = "Enter reads the next row; help lists the commands, quit leaves."
        return "\n".join([" ".join(about), *warnings, hint, answers.row_in_context(session)])

    def do(self, line: str) -> str:
        """Run the command in a line; return the answer, without a newline at its end."""
        typed = line.strip(" \r\n")
        question, self.question = self.question, None
        if question is not None:
            if self._parser.parse(typed or " ").command == "escape":
                return self._close_question(question)
            answer = self._answer(question, typed.strip())
            if answer is not None:
                return answer
        if not typed:
            return self._read_on() if self.rest else self._run(Call("down"))
        return self._run(self._parser.parse(typed))

    def cancel(self) -> str:
        """Cancel the question and what Enter would read next; return the answer."""
        question, self.question, self.rest = self.question, None, []
        if question is not None:
            self._close_question(question)
        return f"Cancelled. You are in {answers.position(self.session)}."

    def _close_question(self, question: Question) -> str:
        if isinstance(question, outcomes.Choose):
            return self._still_here()
        return self._render(self.session.cancel(question))

    def _still_here(self) -> str:
        return f"Still in {answers.position(self.session)}."

    def _run(self, call: Call) -> str:
        self.rest = []
        name = call.command
        if name in UNAVAILABLE:
            return f"{name} does nothing here: {UNAVAILABLE[name]}."
        if not name and len(call.argument) == 1:
            answer = self._unbound_keys.message(call.argument).replace(" · ", ", ")
            return f"{answer}."
        if not name:
            word = excerpt(call.argument)
            hint = suggestion(word, self._parser.names) or "; help lists the commands"
            return f"No such command: {word}{hint}{'' if hint.endswith('?') else '.'}"
        if name in ("copy-pane", "plain", "all"):
            return answers.whole_pane(self.session)
        if name == "where":
            return answers.where(self.session)
        if name == "help":
            return self._read(answers.help_pages(self.session.keys, self.session.command_titles))
        if name == "evidence":
            return answers.evidence_of_row(self.session)
        if name == "copy":
            return self._row_and_citation()
        if name == "note" and call.argument:
            return self._note(call.argument)
        former = self.session.location
        outcome = self.session.do(name, call.count, call.argument)
        text = self._render(outcome)
        if isinstance(outcome, outcomes.Said) and self.session.location != former:
            # The row is gone, as that of a removed entry is once it is read.
            return self._at_row(text)
        return text

    def _note(self, text: str) -> str:
        question = self.session.note_as_known()
        if not isinstance(question, outcomes.Ask):
            return self._render(question)
        return self._answer(question, text) or ""

    def _row_and_citation(self) -> str:
        outcome = self.session.do("copy")
        if not isinstance(outcome, outcomes.Copy) or self.session.row is None:
            return self._render(outcome)
        texts = (outcome.text, citation(self.session.scene, self.session.row))
        return "\n".join(filter(None, texts))

    def _answer(self, question: Question, typed: str) -> str | None:
        """Answer a question; return None if the line is a command instead."""
        session = self.session
        if isinstance(question, outcomes.Choose):
            return self._answer_choice(question, typed)
        if isinstance(question, outcomes.AskLetter):
            if not typed:
                return self._still_here()
            return self._render(session.answer(question, typed)) if len(typed) == 1 else None
        if question.draft is not None:
            return self._answer_note(question, question.draft, typed)
        return self._render(session.answer(question, typed))

    def _answer_note(self, question: outcomes.Ask, draft: Draft, typed: str) -> str:
        if not typed and not draft.unsaved:
            return self._still_here()
        if typed == "-" and (draft.unsaved or not draft.saved):
            return self._render(self.session.drop(question))
        outcome = self.session.answer(question, "" if typed == "-" else typed or draft.unsaved)
        text = self._render(outcome)
        is_replaced = isinstance(outcome, outcomes.Shown) and draft.saved
        return f"{text} Before: {printable(draft.saved)}" if is_replaced else text

    def _answer_choice(self, choice: outcomes.Choose, typed: str) -> str | None:
        if not typed:
            if self._first_choice + CHOICES < len(choice.links):
                return self._offer(choice, self._first_choice + CHOICES)
            return self._still_here()
        if not (typed.isascii() and typed.isdigit()):
            return None
        number = int(typed[:6])
        if not 1 <= number <= len(choice.links):
            return f"There is no choice {number}; still in {answers.position(self.session)}."
        return self._render(self.session.choose(choice, choice.links[number - 1]))

    def _render(self, outcome: Outcome) -> str:
        session = self.session
        match outcome:
            case outcomes.Said(message) | outcomes.Shown(message, "annotations"):
                return _sentence(printable(message)) if message else self._still_here()
            case outcomes.Moved(origin, message):
                text = _sentence(spoken_text(message.replace(" · ", ", "))) if message else ""
                return self._at_row(text, origin)
            case outcomes.Matched(origin):
                return self._at_row(answers.match_number(session), origin)
            case outcomes.SearchEnded(origin):
                return self._at_row("The search is over.", origin)
            case outcomes.Edge(at_end):
                return answers.edge(session, at_end=at_end)
            case outcomes.Shown():
                return self._render_scene(outcome)
            case outcomes.Ask():
                return self._ask(outcome)
            case outcomes.Edit():
                # There is no editor here, so that a note is one line.
                text = " ".join(outcome.draft.text.split())
                return self._ask(outcomes.Ask("note", "Note", "", text, draft=outcome.draft))
            case outcomes.AskLetter():
                return self._ask_letter(outcome)
            case outcomes.OpenPage() | outcomes.Choose("open-link"):
                return answers.addresses(session)
            case outcomes.Choose():
                return self._offer(outcome, 0)
            case outcomes.ShowSources(sources):
                return self._read(
                    text for name in sources for text in answers.source(session, name)
                )
            case outcomes.Copy(text):
                return text
            case outcomes.OpenNext():
                return self._render(session.stay(outcome))
            case outcomes.Close():
                return self._close(outcome)
            case outcomes.Quit():
                self.done = True
                return ""
        return f"Nothing to do here; {self._still_here().lower()}"

    def _at_row(self, text: str, origin: Location | None = None) -> str:
        """Return a text, if it is not empty, and the current row."""
        return "\n".join(filter(None, [text, answers.row_in_context(self.session, origin)]))

    def _render_scene(self, outcome: outcomes.Shown) -> str:
        session = self.session
        if outcome.change == "focus":
            narrowed = " ".join(answers.state(session)) if session.scene.focus else ""
            first = narrowed or "All is shown again."
        elif outcome.change == "day":
            first = " ".join([f"{answers.day(session)}.", *answers.state(session)])
        else:
            first = _sentence(printable(outcome.message))
        return self._at_row(first)

    def _close(self, outcome: outcomes.Close) -> str:
        if outcome.command == "back":
            return "This is the start of the history."
        if outcome.command == "quit-step":
            self.done = True
            return ""
        return f"Nothing to leave; in {answers.position(self.session)}."

    def _ask(self, question: outcomes.Ask) -> str:
        if question.problem:
            problem = _sentence(printable(question.problem))
            hint = " Your text is still here: note and Enter tries again."
            return f"{problem}{hint if question.draft else ''}"
        self.question = question
        if question.draft is None:
            return ""
        text = printable(question.text)
        if question.draft.unsaved:
            return f"Not saved yet: {text}\nEnter tries again, another takes its place, - drops it."
        if text:
            return f"Your note: {text}\nAnother takes its place, - takes it away, Enter leaves it."
        return "What to remember? Words with # are tags; Enter leaves it."

    def _ask_letter(self, question: outcomes.AskLetter) -> str:
        used, hidden = question.used, question.hidden
        if question.command == "jump" and not used:
            return "No jump mark is set; mark and a letter set one, as in mark x."
        self.question = question
        if question.command == "mark":
            first = f"Letters in use: {', '.join(used)}." if used else "Any letter will do."
        else:
            lines = []
            for letter, label in used.items():
                text = NOT_SHOWN if letter in hidden else spoken_text(label)
                lines.append(join_sentences([f"Mark {letter}: {text}"]))
            first = "\n".join(lines)
        return f"{first}\nEnter leaves it."

    def _offer(self, choice: outcomes.Choose, start: int) -> str:
        links = choice.links
        end = start + CHOICES
        lines = [
            f"{number}. {link.called.capitalize()}: {spoken_text(link.label)}"
            for number, link in enumerate(links[start:end], start + 1)
        ]
        lines.append("Enter for more." if end < len(links) else "Enter leaves it.")
        self.question, self._first_choice = choice, start
        return "\n".join([f"{choice.title}: {len(links)} choices."[:200], *lines])

    def _read(self, texts: Iterable[str]) -> str:
        """Return the first of several texts; Enter reads the next ones."""
        self.rest = [*texts][::-1]
        return self._read_on()

    def _read_on(self) -> str:
        text = self.rest.pop()
        if self.rest:
            return f"{text}\nEnter for more."
        return f"{text}\nBack in {answers.position(self.session)}."


def _sentence(message: str) -> str:
    return message if message.endswith((".", "?", "!")) else f"{message}."

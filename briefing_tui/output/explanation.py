"""Explanations of the format's fields and of the words that they take."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.json_schema import (
    Schema,
    canonical_fields,
    json_schema,
    nested_types,
)
from briefing_tui.vocabulary.catalogue import GENERAL, NAMES, Occurrence, all_words, vocabulary
from briefing_tui.vocabulary.words import (
    SECTIONS,
    WORD_PATTERN,
    KindDefinition,
    label_of,
    meaning_in_full,
    plural_of,
)

EVIDENCE = "evidence"
"""The name of the fields that every statement has."""

_WIDTH = 80


class FieldTopic(msgspec.Struct, frozen=True, tag_field="topic", tag="field"):
    """A field of the format."""

    entry: str
    field: str
    value: str
    required: bool
    meaning: str
    words: dict[str, list[str]] = {}
    """The words that it takes, by vocabulary."""


class EntryTopic(msgspec.Struct, frozen=True, tag_field="topic", tag="entry"):
    """A kind of entry with its own fields."""

    entry: str
    meaning: str
    short_form: str
    fields: tuple[FieldTopic, ...]
    has_evidence: bool


class WordTopic(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="topic", tag="word", omit_defaults=True
):
    """A word of a vocabulary."""

    word: str
    vocabulary: str
    section: str
    noun: str
    label: str
    plural: str
    sign: str = ""
    meaning: str
    standard: str = ""
    """The term of a standard, with its name and URL."""
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


class VocabularyTopic(msgspec.Struct, frozen=True, tag_field="topic", tag="vocabulary"):
    """A vocabulary with its words."""

    vocabulary: str
    title: str
    about: str
    words: tuple[WordTopic, ...]


Topic = FieldTopic | EntryTopic | WordTopic | VocabularyTopic


def explained(term: str) -> list[Topic]:
    """Return everything that a term names: a vocabulary, an entry, a field, a word."""
    key = term_key(term)
    entry, _, field = key.rpartition(".")
    names: list[Topic] = [_vocabulary_topic(key)] if key in (GENERAL, *NAMES) else []
    fields = [
        own
        for topic in entry_topics()
        for own in topic.fields
        if own.field == field and (not entry or topic.entry in (entry, *_evidence_of(entry)))
    ]
    words = [
        _word_topic(occurrence)
        for occurrence in all_words()
        if key in (occurrence.word, term_key(label_of(occurrence.word, occurrence.definition)))
    ]
    return [*names, *(topic for topic in entry_topics() if topic.entry == key), *fields, *words]


def term_key(term: str) -> str:
    """Return a term as the format spells it: "Under appeal" becomes ``under_appeal``."""
    return re.sub(r"[\s-]+", "_", term.strip()).lower()


def terms() -> dict[str, str]:
    """Return every term that can be explained, with a line about it."""
    meanings = {name: vocabulary(name).about for name in (GENERAL, *NAMES)}
    for topic in entry_topics():
        meanings.setdefault(topic.entry, topic.meaning)
        for field in topic.fields:
            meanings.setdefault(f"{topic.entry}.{field.field}", field.meaning)
            meanings.setdefault(field.field, field.meaning)
    for occurrence in all_words():
        meanings.setdefault(occurrence.word, occurrence.definition.meaning)
    return meanings


@cache
def entry_topics() -> tuple[EntryTopic, ...]:
    """Return every kind of entry, as a reader of a briefing meets them."""
    schema = json_schema()
    definitions: dict[str, Schema] = schema["definitions"]
    kinds = [_entry_topic(model.Briefing, schema)]
    event = definitions["Event"]["properties"]
    fields = {name: event[name] for name in field_names(model.Evidenced)}
    summary = "What the statement of an entry is based on."
    kinds.append(
        EntryTopic(EVIDENCE, summary, "", _field_topics(EVIDENCE, fields, ()), has_evidence=False)
    )
    kinds += [_entry_topic(nested_types()[name], definitions[name]) for name in entries(schema)]
    return tuple(kinds)


def entries(schema: Schema) -> list[str]:
    """Return the kinds of entries in a schema, in the order in which a file nests them."""
    names: list[str] = []
    rest = [schema]
    while rest:
        for name in references(rest.pop(0)):
            if name not in names:
                names.append(name)
                rest.append(schema["definitions"][name])
    return names


def references(part: Any) -> Iterator[str]:
    """Yield the kinds of entries that a part of a schema refers to, definitions left out."""
    if isinstance(part, list):
        for item in part:
            yield from references(item)
    elif isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for name, value in part.items():
            if name != "definitions":
                yield from references(value)


def field_names(cls: type[msgspec.Struct]) -> list[str]:
    """Return the names of an entry's fields, as they are written in a file."""
    return [field.name for field in canonical_fields(cls)]


def own_properties(cls: type[msgspec.Struct], definition: Schema) -> dict[str, Schema]:
    """Return the schemas of an entry's own fields, those of evidence left out."""
    if "items" in definition:
        return dict(zip(field_names(cls), definition["items"], strict=True))
    fields = definition["anyOf"][1] if "anyOf" in definition else definition
    inherited = field_names(model.Evidenced) if issubclass(cls, model.Evidenced) else ()
    return {name: part for name, part in fields["properties"].items() if name not in inherited}


def required_fields(cls: type[msgspec.Struct], definition: Schema) -> list[str]:
    """Return the names of the fields that an entry must have."""
    if "items" in definition:
        return field_names(cls)
    fields = definition["anyOf"][1] if "anyOf" in definition else definition
    return list(fields["required"])


def value_in_words(
    part: Schema,
    code: Callable[[str], str] = str,
    link: Callable[[str], str] = str.lower,
    words: Callable[[str], str] = "a word ({})".format,
) -> str:
    """Return what a field takes.

    ``code`` marks up what is written, ``link`` a kind of entry, and ``words`` the heading of a
    section of the vocabularies.
    """
    match part:
        case {"const": value}:
            return code(str(value))
        case {"$ref": reference}:
            return link(reference.rpartition("/")[2])
        case {"enum": values}:
            return ", ".join(map(code, values))
        case {"type": "array", "items": items}:
            return f"list of: {value_in_words(items, code, link, words)}"
        case {"type": "object", "additionalProperties": values, "propertyNames": names}:
            key = value_in_words(names, code, link, words)
            return (
                f"by {'id' if key == 'text' else key}: {value_in_words(values, code, link, words)}"
            )
        case {"anyOf": [{"title": heading}, *_]}:
            return words(heading.lower())
        case {"type": "integer", "minimum": least, "maximum": most}:
            return f"{least} to {most}"
        case {"type": "integer", "minimum": least}:
            return f"whole number, {least} or more"
        case {"pattern": pattern} if pattern == _top_level("as_of")["pattern"]:
            return "date"
        case {"pattern": pattern} if pattern == _top_level("about")["pattern"]:
            return "id"
        case {"pattern": pattern} if pattern == WORD_PATTERN:
            return "word"
    return "text"


def meaning_of(name: str, part: Schema) -> str:
    """Return the docstring of a field, without that of a date, an id or an entry as its type."""
    texts = part.get("description", "").split("\n\n")
    if texts == [f"{name.replace('_', ' ').capitalize()}."]:
        return ""
    is_plain = value_in_words(part) in ("date", "id")
    if len(texts) > 1 and (is_plain or next(references(part), "")):
        texts.pop()
    elif is_plain:
        return ""
    return " ".join(texts)


@cache
def _top_level(name: str) -> Schema:
    schema: Schema = json_schema()["properties"][name]
    return schema


def _evidence_of(entry: str) -> tuple[str, ...]:
    has_evidence = any(topic.entry == entry and topic.has_evidence for topic in entry_topics())
    return (EVIDENCE,) if has_evidence else ()


def _entry_topic(cls: type[msgspec.Struct], definition: Schema) -> EntryTopic:
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
    required = required_fields(cls, definition)
    return EntryTopic(
        name,
        definition["description"],
        getattr(cls, "SHORT", ""),
        _field_topics(name, own_properties(cls, definition), required),
        has_evidence=issubclass(cls, model.Evidenced),
    )


def _field_topics(
    entry: str, fields: dict[str, Schema], required: list[str] | tuple[str, ...]
) -> tuple[FieldTopic, ...]:
    return tuple(
        FieldTopic(
            entry,
            name,
            value_in_words(part),
            name in required,
            meaning_of(name, part),
            _words_of(part),
        )
        for name, part in fields.items()
    )


def _words_of(part: Schema) -> dict[str, list[str]]:
    """Return the words that a field takes, or the keys of its table, by vocabulary."""
    match part.get("propertyNames", part):
        case {"anyOf": [{"title": heading}, *_]}:
            words: dict[str, list[str]] = {}
            for occurrence in all_words():
                if SECTIONS[occurrence.section].heading == heading:
                    words.setdefault(occurrence.vocabulary, []).append(occurrence.word)
            return words
    return {}


def _word_topic(occurrence: Occurrence) -> WordTopic:
    name, section, word, definition = occurrence
    key, _, standard_term = definition.standard.partition(": ")
    standard = vocabulary(name).standards.get(key, "")
    kind = definition if isinstance(definition, KindDefinition) else KindDefinition()
    return WordTopic(
        word=word,
        vocabulary=name,
        section=section,
        noun=SECTIONS[section].noun,
        label=label_of(word, definition),
        plural=plural_of(word, definition),
        sign=definition.sign or "",
        meaning=meaning_in_full(definition),
        standard=f"{standard_term}, {standard}" if standard else "",
        roles=kind.roles,
        stages=kind.stages,
        values=kind.values,
    )


def _vocabulary_topic(name: str) -> VocabularyTopic:
    words = tuple(_word_topic(entry) for entry in all_words() if entry.vocabulary == name)
    return VocabularyTopic(name, vocabulary(name).title, vocabulary(name).about, words)


# Text


def as_text(topics: list[Topic]) -> str:
    """Return explanations as lines of text, with an empty line between topics."""
    return "\n".join("".join(f"{line}\n" for line in _lines(topic)) for topic in topics)


def overview() -> list[Topic]:
    """Return the vocabularies without their words, and the kinds of entries without fields."""
    return [
        *(
            VocabularyTopic(name, vocabulary(name).title, vocabulary(name).about, ())
            for name in (GENERAL, *NAMES)
        ),
        *(msgspec.structs.replace(topic, fields=()) for topic in entry_topics()),
    ]


def overview_text(topics: list[Topic]) -> str:
    """Return the topics of an overview as two lists with a line about each."""
    names = [
        (topic.vocabulary, topic.about) for topic in topics if isinstance(topic, VocabularyTopic)
    ]
    kinds = [(topic.entry, topic.meaning) for topic in topics if isinstance(topic, EntryTopic)]
    lines = ["Vocabularies", *_columns(names), "", "Kinds of entries", *_columns(kinds)]
    return "\n".join(lines) + "\n"


def _lines(topic: Topic) -> Iterator[str]:
    match topic:
        case VocabularyTopic():
            yield f"{topic.vocabulary}: a vocabulary"
            yield from _wrapped(topic.about)
            for section, (_, heading) in SECTIONS.items():
                words = [word for word in topic.words if word.section == section]
                yield ""
                yield heading
                yield from _columns(
                    [(f"{word.sign} {word.word}".strip(), word.meaning) for word in words]
                )
        case EntryTopic():
            yield f"{topic.entry}: a kind of entry"
            yield from _wrapped(topic.meaning)
            if topic.short_form:
                yield from _wrapped(f"Short form: {topic.short_form}.")
            yield from _columns([(field.field, _about_field(field)) for field in topic.fields])
            if topic.has_evidence:
                yield from _wrapped(f"It also has the fields of '{EVIDENCE}'.")
        case FieldTopic():
            yield f"{topic.entry}.{topic.field}: a field"
            yield from _wrapped(_about_field(topic))
            for name, known_words in topic.words.items():
                yield from _wrapped(f"{name}: {', '.join(known_words)}")
        case WordTopic():
            named = f" “{topic.label}”" if topic.label != topic.word.replace("_", " ") else ""
            sign = f"  {topic.sign}" if topic.sign else ""
            yield f"{topic.word}{named}: {topic.noun}, in '{topic.vocabulary}'{sign}"
            yield from _wrapped(topic.meaning)
            lists = {"roles": topic.roles, "stages": topic.stages, "values": topic.values}
            for name, members in lists.items():
                if members:
                    yield from _wrapped(f"{name}: {', '.join(members)}")
            if topic.standard:
                yield from _wrapped(f"Standard: {topic.standard}")


def _about_field(field: FieldTopic) -> str:
    required = "required; " if field.required else ""
    return f"{required}{field.value}. {field.meaning}".strip()


def _wrapped(text: str) -> Iterator[str]:
    lines = textwrap.wrap(text, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return (f"  {line}" for line in lines)


def _columns(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Yield rows of a name and a text, which is wrapped beside it."""
    width = max(len(name) for name, _ in rows)
    for name, text in rows:
        lines = textwrap.wrap(text, max(_WIDTH - width - 4, 30), break_long_words=False) or [""]
        for index, line in enumerate(lines):
            yield f"  {'' if index else name:<{width}}  {line}".rstrip()

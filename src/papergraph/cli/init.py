"""`papergraph init`."""

from __future__ import annotations

import json
import shlex
from dataclasses import fields
from pathlib import Path

import click

from papergraph.cli.session import Session
from papergraph.config import FILE_NAME, Config
from papergraph.errors import ConfigError
from papergraph.resources import read_resource
from papergraph.sources.survey import Survey, survey_folder
from papergraph.text.terminal import printable


@click.command(short_help="Write a papergraph.toml for this folder.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option("--print", "printed", is_flag=True, help="Print the settings instead of writing them.")
@click.pass_obj
def init(session: Session, folder: Path, printed: bool) -> None:
    """Write a commented papergraph.toml for FOLDER, this one by default, from what lies in it.

    It names the notes, and the vault and bibliographies if there are any. A file that is there is never changed.
    """
    survey = survey_folder(folder)
    text = _settings(survey)
    if printed:
        click.echo(text, nl=False)
        return
    path = folder / FILE_NAME
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{path}: exists already, and was not changed; see what is new with --print") from error
    session.say(f"{path}: written; found {_found(survey)}")
    build = f"cd {shlex.quote(printable(str(folder)))} && papergraph build" if folder != Path() else "papergraph build"
    session.say(f"next: {'' if survey.notes else 'put notes (.md) into the folder, then: '}{build}")


def _settings(survey: Survey) -> str:
    from jinja2 import Environment

    known = {field.name for field in fields(Config)}
    template = Environment(trim_blocks=True, keep_trailing_newline=True, autoescape=False)  # noqa: S701  TOML
    return template.from_string(read_resource("data/init/papergraph.toml.j2")).render(
        found=_found(survey),
        notes=_list(survey.places),
        note_url=_quoted(f"obsidian:{survey.vault_name}") if survey.vault == "Obsidian" else "",
        libraries=_list(survey.libraries) if survey.libraries and "library" in known else "",
    )


def _found(survey: Survey) -> str:
    """Return what was found in a few words."""
    number = f"{survey.notes:,} {'note' if survey.notes == 1 else 'notes'}"
    tongues = [name for name, count in (("Chinese", survey.chinese), ("English", survey.english)) if count]
    parts = [f"{number} ({' and '.join(tongues)})" if tongues else number]
    parts += [f"a vault of {survey.vault}"] * bool(survey.vault)
    parts += [f"bibliographies: {', '.join(map(printable, survey.libraries))}"] * bool(survey.libraries)
    return "; ".join(parts)


def _list(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    """Return a text as a string of TOML, which JSON's are, once DEL is escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

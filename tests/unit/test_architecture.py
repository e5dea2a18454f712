"""What the README swears by, read from the source: layers, sizes, natives, silence of the logs."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from roomtone.base.event import PRIVATE

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "daemon" / "roomtone"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = [
    *sorted((ROOT / "scripts").glob("setting_up/*.py")),
    *sorted((ROOT / "scripts").glob("installing/*.py")),
    *(ROOT / "scripts" / name for name in ("build-deb", "bundle", "install", "setup")),
]

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MOST_PARAMETERS = 7

NATIVE = {
    "aiohttp": "web",
    "apsw": "store",
    "av": "capture",
    "ctranslate2": "recognize",
    "faster_whisper": "recognize",
    "hassil": "respond",
    "httpcore2": "respond",
    "httpx2": "respond",
    "llama_cpp": "respond",
    "onnxruntime": "",
    "openai": "respond",
    "openwakeword": "nowhere",
    "piper": "speak",
    "sounddevice": "capture",
    "soxr": "capture",
    "tokenizers": "recognize",
}
"""Library -> the part that may load it; empty for any part."""

AT_THE_TOP = {"aiohttp", "apsw", "hassil", "httpcore2", "httpx2"}
"""Libraries that load fast and without which the module is useless."""

MEASURED = "app.bench."
"""Benchmarks run the stock packages beside ours, and make models for them."""

ELSEWHERE = {
    "__main__": "unit/app/test_cli.py",
    "app.book": "unit/app/test_memory.py",
    "app.disk": "unit/app/test_memory.py",
    "app.alone": "unit/app/test_cli.py",
    "app.bench.archive": "unit/app/bench/test_scale.py",
    "app.bench.conversation": "unit/app/bench/test_scale.py",
    "app.bench.forced": "sound/test_latency.py",
    "app.bench.forced_thinker": "sound/test_latency.py",
    "app.bench.forced_transcriber": "sound/test_latency.py",
    "app.bench.shapes.gguf": "unit/app/bench/shapes/test_language.py",
    "app.bench.stock": "sound/test_latency.py",
    "app.bench.stock_wake": "sound/test_latency.py",
    "app.bench.television": "unit/app/bench/test_scale.py",
    "app.bench.trial": "sound/test_latency.py",
    "app.build": "sound/test_conversation.py",
    "app.cloud_account": "unit/app/test_command_cloud.py",
    "app.command_control": "unit/app/test_cli.py",
    "app.command_talk": "unit/app/test_cli.py",
    "app.kept": "unit/app/test_control.py",
    "app.cloud_process": "unit/app/test_cloud.py",
    "app.custody": "unit/app/test_control.py",
    "app.discretion": "unit/app/test_memory.py",
    "app.inquiry": "unit/app/test_outside.py",
    "app.keeping": "unit/app/test_answerer.py",
    "app.receipt": "unit/app/test_outside.py",
    "app.writing": "unit/app/test_answerer.py",
    "app.conductor": "scenes/test_a_conversation.py",
    "app.ear_setup": "sound/test_ear_on_files.py",
    "app.doctor.examination": "unit/app/test_command_doctor.py",
    "app.floor": "scenes/test_a_conversation.py",
    "app.interruption": "scenes/test_a_conversation.py",
    "app.prove.core": "sound/test_prove.py",
    "app.prove.guest": "sound/test_prove.py",
    "app.prove.household": "sound/test_prove.py",
    "app.prove.intruder": "unit/app/prove/test_house.py",
    "app.prove.namespace": "sound/test_prove.py",
    "app.prove.proving": "unit/app/test_command_prove.py",
    "app.prove.recorder": "unit/app/prove/test_permission.py",
    "app.prove.visitor": "sound/test_prove.py",
    "app.prove.witness": "sound/test_prove.py",
    "app.reply": "scenes/test_a_conversation.py",
    "app.starter": "unit/app/test_visit.py",
    "app.thinker": "sound/test_answering.py",
    "app.transcriber": "sound/test_hearing.py",
    "app.voice": "sound/test_speaking.py",
    "app.policy": "unit/app/test_parts.py",
    "base.child": "unit/app/test_parts.py",
    "base.life": "unit/app/test_parts.py",
    "base.worker": "unit/app/test_parts.py",
    "capture.compressed": "unit/capture/test_wav.py",
    "capture.intake": "unit/capture/test_mic.py",
    "capture.line": "unit/capture/test_mic.py",
    "capture.resample": "unit/capture/test_wav.py",
    "capture.riff": "unit/capture/test_wav.py",
    "capture.speex": "unit/capture/test_echo.py",
    "capture.trouble": "unit/capture/test_mic.py",
    "capture.watch": "unit/capture/test_mic.py",
    "detect.embedding": "sound/test_wake_parity.py",
    "detect.mel": "sound/test_wake_parity.py",
    "detect.network": "sound/test_wake_parity.py",
    "detect.turn": "sound/test_ear_on_files.py",
    "detect.vad": "sound/test_ear_on_files.py",
    "detect.wake": "sound/test_wake_parity.py",
    "respond.failure": "unit/respond/test_cloud.py",
    "respond.llama": "sound/test_answering.py",
    "respond.skills.note_pick": "unit/respond/skills/test_note_drop.py",
    "respond.passage": "unit/respond/test_cloud.py",
    "respond.road": "unit/respond/test_cloud.py",
    "respond.skills.timer_pick": "unit/respond/skills/test_timer_cancel.py",
    "respond.redact.area": "unit/respond/redact/test_veil.py",
    "respond.redact.around": "unit/respond/redact/test_leaks.py",
    "respond.redact.date": "unit/respond/redact/test_leaks.py",
    "respond.redact.house": "unit/respond/redact/test_leaks.py",
    "respond.redact.judged": "unit/respond/redact/test_leaks.py",
    "respond.redact.kin": "unit/respond/redact/test_leaks.py",
    "respond.redact.plate": "unit/respond/redact/test_leaks.py",
    "respond.redact.secret_word": "unit/respond/redact/test_leaks.py",
    "respond.redact.wild": "unit/respond/redact/test_leaks.py",
    "respond.redact.clause": "unit/respond/redact/test_veil.py",
    "respond.redact.context": "unit/respond/redact/test_veil.py",
    "respond.redact.domain": "unit/respond/redact/test_veil.py",
    "respond.redact.found": "unit/respond/redact/test_veil.py",
    "respond.redact.home": "unit/respond/redact/test_veil.py",
    "respond.redact.known": "unit/respond/redact/test_veil.py",
    "respond.redact.mail": "unit/respond/redact/test_veil.py",
    "respond.redact.measures": "unit/respond/redact/test_veil.py",
    "respond.redact.mixed": "unit/respond/redact/test_veil.py",
    "respond.redact.names": "unit/respond/redact/test_veil.py",
    "respond.redact.people": "unit/respond/redact/test_veil.py",
    "respond.redact.postal": "unit/respond/redact/test_veil.py",
    "respond.redact.runs": "unit/respond/redact/test_veil.py",
    "respond.redact.street": "unit/respond/redact/test_veil.py",
    "respond.redact.vocabulary": "unit/respond/redact/test_veil.py",
    "respond.redact.word_list": "unit/respond/redact/test_veil.py",
    "respond.redact.made.first_contact": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.first_secret": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.fourth_contact": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.fourth_secret": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.pieces": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.second_contact": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.second_secret": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.speech": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.third_contact": "unit/respond/redact/test_corpus.py",
    "respond.redact.made.third_secret": "unit/respond/redact/test_corpus.py",
    "respond.slot": "unit/respond/test_route.py",
    "respond.stop_words": "unit/respond/skills/test_stop.py",
    "speak.markup": "unit/speak/test_wording.py",
    "speak.moment": "unit/speak/test_wording.py",
    "web.answer": "unit/web/test_api.py",
    "web.api_cloud": "unit/web/test_api.py",
    "web.api_memory": "unit/web/test_api.py",
    "web.api_wake": "unit/web/test_api.py",
    "web.door": "unit/web/test_server.py",
    "speak.quantity": "unit/speak/test_wording.py",
    "store.access": "unit/store/test_store.py",
    "store.safety": "unit/store/test_store.py",
    "store.signs": "unit/store/test_store.py",
    "store.connection": "unit/store/test_database.py",
    "store.copies": "unit/store/test_migrations.py",
    "store.opening": "unit/store/test_repair.py",
}
"""Module without a test of its own name -> the test that runs it, in `tests/`."""

DEFINITIONS = {
    "app.bench.sentences",
    "app.doctor.finding",
    "app.prove.proof",
    "base.frame",
    "base.message.life",
    "base.message.ear",
    "base.message.worker",
    "base.port",
    "detect.port",
    "base.room",
    "base.words",
    "turn.consent",
    "turn.ledger",
    "turn.port",
}
"""Modules that only name things; every test is made of them."""

LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs when the module is imported."""
    for node in ast.iter_child_nodes(tree):
        typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if typing_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        yield node
        yield from at_import(node)


def test_no_file_is_too_long():
    lengths = {path.name: len(path.read_text().splitlines()) for path in [*MODULES, *SCRIPTS]}
    assert not {name: count for name, count in lengths.items() if count > LONGEST_FILE}


def test_no_function_is_too_long():
    long = [
        f"{path.name}:{function.lineno} {function.name}"
        for path in [*MODULES, *SCRIPTS]
        for function in functions(tree_of(path))
        if (function.end_lineno or 0) - function.body[0].lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_no_function_takes_too_much():
    greedy = [
        f"{path.name}:{function.lineno} {function.name}"
        for path in [*MODULES, *SCRIPTS]
        for function in functions(tree_of(path))
        if function.name != "__init__"
        and len(function.args.args + function.args.kwonlyargs) > MOST_PARAMETERS + 1
    ]
    assert not greedy


def test_every_module_says_in_one_line_what_it_is():
    silent = [
        name_of(path)
        for path in MODULES
        if not (ast.get_docstring(tree_of(path)) or "").split("\n")[0].strip()
    ]
    assert not silent


def test_a_native_library_stays_in_its_part():
    strays = [
        f"{name_of(path)} loads {library}"
        for path in MODULES
        for library in imports(ast.walk(tree_of(path)))
        if library in NATIVE and not name_of(path).startswith((NATIVE[library], MEASURED))
    ]
    assert not strays


def test_a_native_library_is_loaded_by_the_code_that_runs_it_and_never_by_an_import():
    eager = [
        f"{name_of(path)} loads {library}"
        for path in MODULES
        for library in imports(at_import(tree_of(path)))
        if library in NATIVE and library not in AT_THE_TOP
    ]
    assert not eager


@pytest.mark.parametrize(
    "library", ["ctranslate2", "faster_whisper", "llama_cpp", "openai", "piper", "sounddevice"]
)
def test_one_native_library_has_one_file(library):
    files = [name_of(p) for p in MODULES if library in set(imports(ast.walk(tree_of(p))))]
    assert len([name for name in files if not name.startswith(MEASURED)]) <= 1


def test_only_the_roof_prints():
    loud = [
        name_of(path)
        for path in MODULES
        if not name_of(path).startswith("app.")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "input"}
    ]
    assert not loud


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in LEVELS
                and "log" in ast.unparse(node.func.value)
            ):
                yield f"{name_of(path)}:{node.lineno}", node


def test_a_log_message_is_written_in_the_source():
    made = [
        where
        for where, call in log_calls()
        if call.args and not isinstance(call.args[call.func.attr == "log"], ast.Constant)
    ]
    assert not made


def test_what_was_said_never_reaches_a_log():
    telling = [
        f"{where}: {ast.unparse(argument)}"
        for where, call in log_calls()
        for argument in [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        for node in ast.walk(argument)
        if isinstance(node, ast.Attribute)
        and node.attr in (PRIVATE - {"name"}) | {"pcm", "question", "sentence", "transcript"}
    ]
    assert not telling


def test_the_tests_mirror_the_daemon():
    tests = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    untested = [
        name_of(path)
        for path in MODULES
        if path.name != "__init__.py"
        and f"test_{path.name}" not in tests
        and name_of(path) not in ELSEWHERE
        and name_of(path) not in DEFINITIONS
    ]
    assert not untested


def test_a_module_tested_elsewhere_is_there_and_so_is_its_test():
    modules = {name_of(path) for path in MODULES}
    assert not set(ELSEWHERE) - modules
    assert not [test for test in ELSEWHERE.values() if not (ROOT / "tests" / test).exists()]


def test_no_module_hides_one_of_the_standard_library():
    hidden = [
        name_of(path) for path in MODULES if path.stem in sys.stdlib_module_names - {"__main__"}
    ]
    assert not hidden


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "tools"}
    assert not [name_of(path) for path in MODULES if set(name_of(path).split(".")) & empty]

import pytest

from roomtone.respond.chat_format import ChatFormat

ASKED = [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}]
NO_SYSTEM = (
    "{{ bos_token }}{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}"
    "{% for m in messages %}<start_of_turn>{{ m.role }}\n{{ m.content }}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
WORDS = (
    "{% for m in messages %}{{ m.role.capitalize() }}: {{ m.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}Assistant:{% endif %}"
)


def test_a_model_without_template_gets_chatml():
    text = ChatFormat("").text(ASKED, open_turn=True)
    assert text == (
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n"
    )


def test_a_template_without_system_role_gets_it_with_the_first_question():
    text = ChatFormat(NO_SYSTEM, bos="<bos>").text(ASKED, open_turn=True)
    assert text == ("<bos><start_of_turn>user\nS\n\nU<end_of_turn>\n<start_of_turn>model\n")


@pytest.mark.parametrize(
    ("template", "end"), [("", "<|im_end|>"), (NO_SYSTEM, "<end_of_turn>"), (WORDS, "\nUser:")]
)
def test_the_text_that_ends_a_turn_is_found(template, end):
    assert ChatFormat(template).ends[0] == end


def test_whether_facts_may_stand_between_turns_is_found_out():
    assert ChatFormat("").takes_late_system
    assert not ChatFormat(NO_SYSTEM).takes_late_system


def test_a_closed_prompt_is_the_beginning_of_the_open_one():
    chat = ChatFormat("")
    assert chat.text(ASKED, open_turn=True).startswith(chat.text(ASKED, open_turn=False))


def test_a_broken_template_is_refused():
    with pytest.raises(ValueError, match="template"):
        ChatFormat("{% for %}")


def test_a_template_is_kept_in_its_sandbox():
    with pytest.raises(ValueError, match="template"):
        ChatFormat("{{ messages.__class__.__mro__[1].__subclasses__()[0] }}{{ nothing() }}")

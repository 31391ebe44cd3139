"""One message as the parts it is sent in: each rule by an example."""

from dataclasses import replace

import pytest

from bot.render import Attachment, Edit, Poll, Reaction, Text, render
from lessons.messages import Choice, Media, Quiz, Said
from tests.platform_caps import EVERY, LINE, MESSENGER, TELEGRAM, WHATSAPP, ZALO

CONSENT = (Choice("consent:yes", "Đồng ý"), Choice("consent:no", "Không"))
OPTIONS = (*(Choice(f"s1:{letter}", letter) for letter in "ABCD"), Choice("s1:skip", "Chưa biết"))
PHOTO = Media("picture", "https://example.org/ban-do.png", "Bản đồ các bước")
QUIZ = Quiz("c6/l1/q1", 1, 7, "Cách nào?", ("Ghép từ ngữ", "Chép luật"), (0,), "Ghép từ ngữ.")


def plain(said: Said, caps_name: str) -> list[str]:
    parts = render(said, EVERY[caps_name])
    return [part.plain for part in parts if isinstance(part, Text)]


# --- choices: buttons, quick replies, a list ---


def test_inline_buttons_keep_their_ids() -> None:
    (text,) = render(Said("Xin phép lưu.", CONSENT), TELEGRAM)
    assert isinstance(text, Text)
    assert text.buttons == CONSENT
    assert text.plain == "Xin phép lưu."


def test_quick_replies_are_what_is_typed() -> None:
    (text,) = render(Said("Xin phép lưu.", CONSENT), WHATSAPP)
    assert text == Text("Xin phép lưu.", quick=("Đồng ý", "Không"))


def test_words_are_listed_with_letters() -> None:
    assert plain(Said("Xin phép lưu.", CONSENT), "zalo") == ["Xin phép lưu.\n\nA. Đồng ý\nB. Không"]


def test_options_that_have_letters_are_only_named() -> None:
    assert plain(Said("A. Một\nB. Hai", OPTIONS), "zalo") == [
        "A. Một\nB. Hai\n\nA · B · C · D · Chưa biết"
    ]


def test_more_choices_than_quick_replies_are_named_too() -> None:
    (text,) = render(Said("Câu 1", OPTIONS), WHATSAPP)
    assert text == Text("Câu 1\n\nA · B · C · D · Chưa biết")
    (text,) = render(Said("Câu 1", OPTIONS), MESSENGER)
    assert text == Text("Câu 1", quick=("A", "B", "C", "D", "Chưa biết"))


def test_a_single_choice_is_shown_as_its_words() -> None:
    assert plain(Said("Màn hình 1", (Choice("s1:next", "Tiếp"),)), "zalo") == ["Màn hình 1\n\nTiếp"]


def test_two_choices_of_the_same_words_are_told_apart_by_letters() -> None:
    twice = (Choice("a", "Mở bài"), Choice("b", "Mở bài"))
    (text,) = render(Said("Gần nhất:", twice), MESSENGER)
    assert text == Text("Gần nhất:\n\nA. Mở bài\nB. Mở bài")


def test_letters_that_stand_twice_are_told_apart_by_numbers() -> None:
    twice = tuple(Choice(str(place), label) for place, label in enumerate("ABA"))
    assert plain(Said("Câu 1", twice), "zalo") == ["Câu 1\n\nA\nB\n3. A"]


def test_what_does_not_fit_a_button_is_listed() -> None:
    for choice in (Choice("c:" + "x" * 70, "Tiếp"), Choice("", "Tiếp"), Choice("a", "Tiếp" * 30)):
        (text,) = render(Said("Màn hình", (choice,)), TELEGRAM)
        assert isinstance(text, Text)
        assert not text.buttons
        assert text.plain == f"Màn hình\n\n{choice.label}"


def test_choices_without_a_text_are_shown_all_the_same() -> None:
    for caps in (TELEGRAM, WHATSAPP, ZALO):
        (text,) = render(Said(" \n\u200b", CONSENT), caps)
        assert isinstance(text, Text)
        assert text.plain == "A. Đồng ý\nB. Không"


def test_nothing_to_show_is_no_part() -> None:
    for caps in EVERY.values():
        assert render(Said(""), caps) == []
        assert render(Said(" \n\u2060 "), caps) == []


# --- styles ---


def test_the_phrases_named_stand_out() -> None:
    said = Said(
        "C6 · Bài 1\n\nAI đoán từ.\n\nTheo “luật” & <lệ>: hocvu",
        styles=(
            ("head", "C6 · Bài 1"),
            ("quote", "AI đoán từ."),
            ("quote", "“luật”"),
            ("code", "hocvu"),
            ("head", "không có"),
            ("head", "luật"),
        ),
    )
    (text,) = render(said, TELEGRAM)
    assert isinstance(text, Text)
    assert text.plain == said.text
    assert text.markup == (
        "<b>C6 · Bài 1</b>\n\n<blockquote>AI đoán từ.</blockquote>\n\n"
        "Theo <i>“luật”</i> &amp; &lt;lệ&gt;: <code>hocvu</code>"
    )
    assert render(said, ZALO) == [Text(said.text)]


def test_what_looks_like_markup_is_text() -> None:
    (text,) = render(Said("*a* _b_ `c` [d](https://e.vn) <b>f</b> &lt;"), TELEGRAM)
    assert isinstance(text, Text)
    assert text.markup == "*a* _b_ `c` [d](https://e.vn) &lt;b&gt;f&lt;/b&gt; &amp;lt;"


# --- long texts ---


def test_a_long_text_is_parted_at_paragraphs_and_buttons_stand_last() -> None:
    first, second = "một " * 500, "hai " * 500 + "ba"
    said = Said(f"{first.strip()}\n\n{second}", CONSENT, styles=(("head", "ba"),))
    parts = render(said, replace(TELEGRAM, text_max=2100))
    assert [part.plain for part in parts if isinstance(part, Text)] == [first.strip(), second]
    assert [part.buttons for part in parts if isinstance(part, Text)] == [(), CONSENT]
    assert isinstance(parts[1], Text)
    assert parts[1].markup.endswith("hai <b>ba</b>")


def test_a_long_quotation_is_one_in_every_piece() -> None:
    quotation = " ".join(["từ"] * 30)
    parts = render(Said(quotation, styles=(("quote", quotation),)), replace(TELEGRAM, text_max=60))
    assert len(parts) == 2
    for part in parts:
        assert isinstance(part, Text)
        assert part.markup == f"<blockquote>{part.plain}</blockquote>"


# --- media ---


def test_a_picture_has_its_text_below_it() -> None:
    said = Said("Các bước.", CONSENT, media=PHOTO)
    assert render(said, TELEGRAM) == [
        Attachment(PHOTO, Text("Các bước.", "Các bước.", buttons=CONSENT))
    ]


def test_a_text_too_long_for_a_caption_follows_the_picture() -> None:
    said = Said("chữ " * 400, CONSENT, media=PHOTO)
    picture, text = render(said, TELEGRAM)
    assert picture == Attachment(PHOTO, Text(""))
    assert isinstance(text, Text)
    assert text.buttons == CONSENT


def test_where_there_are_no_pictures_words_stand_for_them() -> None:
    assert plain(Said("Các bước.", media=PHOTO), "line") == [
        "Các bước.\n\nBản đồ các bước: https://example.org/ban-do.png"
    ]
    named = Media("voice", "AwACAgUAAx", "Lời chào")
    assert plain(Said("Các bước.", CONSENT, media=named), "zalo") == [
        "Các bước.\n\nLời chào\n\nA. Đồng ý\nB. Không"
    ]


# --- the message that is answered ---

ANSWER = Said(
    "Chính xác. Ghép từ ngữ.\n\nCâu 2/5",
    OPTIONS,
    about="17",
    cheer="Chính xác.",
    closing="Câu 1/5\n✓ A",
)


def test_the_message_answered_loses_its_buttons_and_carries_the_sign() -> None:
    said, closed = render(ANSWER, TELEGRAM)
    assert closed == Edit("17", Text("Câu 1/5\n✓ A", "Câu 1/5\n✓ A"))
    assert isinstance(said, Text)
    assert said.plain == "Ghép từ ngữ.\n\nCâu 2/5"


def test_a_typed_answer_gets_a_sign() -> None:
    reaction, said = render(replace(ANSWER, closing=""), TELEGRAM)
    assert reaction == Reaction("17")
    assert isinstance(said, Text)
    assert said.plain == "Ghép từ ngữ.\n\nCâu 2/5"


def test_without_signs_the_praise_is_said() -> None:
    said, _ = render(ANSWER, replace(TELEGRAM, react=False))
    assert isinstance(said, Text)
    assert said.plain == ANSWER.text
    (text,) = render(ANSWER, LINE)
    assert isinstance(text, Text)
    assert text.plain == ANSWER.text


def test_praise_that_is_everything_is_said() -> None:
    said = Said("Chính xác.", about="17", cheer="Chính xác.")
    assert render(said, TELEGRAM) == [Text("Chính xác.", "Chính xác.")]


def test_a_step_takes_the_place_of_the_one_before() -> None:
    closing = "Câu 1/5\nĐã chọn: A."
    step = Said("Đã chọn: A.", OPTIONS, about="17", instead=True, closing=closing)
    text = Text("Đã chọn: A.", "Đã chọn: A.", buttons=OPTIONS)
    changed = Text(closing, closing, buttons=OPTIONS)
    assert render(step, TELEGRAM) == [Edit("17", changed, or_else=text)]
    assert render(replace(step, about=""), TELEGRAM) == [text]
    assert render(step, replace(TELEGRAM, edit=False)) == [text]


def test_what_is_too_long_to_take_a_place_is_new() -> None:
    step = Said("chữ " * 2000, about="17", instead=True, closing="chữ " * 2000)
    assert [type(part) for part in render(step, TELEGRAM)] == [Text, Text, Edit]
    picture = Said("Đã chọn", about="17", instead=True, media=PHOTO, closing="Đã chọn")
    assert [type(part) for part in render(picture, TELEGRAM)] == [Attachment, Edit]


def test_a_closing_that_is_too_long_is_cut() -> None:
    _, closed = render(Said("Câu 2", about="17", closing="chữ " * 2000), TELEGRAM)
    assert isinstance(closed, Edit)
    assert len(closed.text.plain) <= 4096
    assert closed.text.plain.endswith("chữ…")


def test_what_is_for_one_pair_of_eyes_is_not_said_before_everybody() -> None:
    said = Said("Phương án này nhầm.", only="8")
    assert [part.only for part in render(said, TELEGRAM) if isinstance(part, Text)] == ["8"]
    assert render(said, replace(TELEGRAM, only=False)) == []


# --- a quiz the platform holds ---


def test_a_quiz_is_held_by_the_platform() -> None:
    said = Said("Cách nào?\n\nA. Ghép từ ngữ\nB. Chép luật", quiz=QUIZ, protected=True)
    poll = Poll(QUIZ, "Cách nào?", ("Ghép từ ngữ", "Chép luật"), "Ghép từ ngữ.", protected=True)
    assert render(said, TELEGRAM) == [poll]
    assert render(said, ZALO) == [Text(said.text, protected=True)]


@pytest.mark.parametrize(
    "quiz",
    [
        replace(QUIZ, question="chữ " * 80),
        replace(QUIZ, question=" "),
        replace(QUIZ, options=("Ghép từ ngữ",)),
        replace(QUIZ, options=("a",) * 13),
        replace(QUIZ, options=("a", "b" * 101)),
        replace(QUIZ, options=("a", "")),
        replace(QUIZ, right=()),
        replace(QUIZ, right=(2,)),
    ],
)
def test_a_quiz_that_no_platform_holds_is_a_text(quiz: Quiz) -> None:
    (text,) = render(Said("Cách nào?", quiz=quiz), TELEGRAM)
    assert text == Text("Cách nào?", "Cách nào?")


def test_a_long_explanation_ends_with_a_sentence_or_a_word() -> None:
    def explained(text: str) -> str:
        (poll,) = render(Said("?", quiz=replace(QUIZ, explanation=text)), TELEGRAM)
        assert isinstance(poll, Poll)
        return poll.explanation

    assert explained("chữ " * 80) == "chữ " * 49 + "chữ…"
    assert explained("x" * 150 + ". " + "y" * 90) == "x" * 150 + ". …"
    assert explained("một\n\nhai\nba\n\nbốn") == "một\nhai\nba bốn"
    assert explained("") == ""


def test_who_may_see_it_stands_on_every_part() -> None:
    said = Said("chữ " * 2000, media=PHOTO, protected=True, only="5")
    for part in render(said, TELEGRAM):
        text = part.caption if isinstance(part, Attachment) else part
        assert isinstance(text, Text)
        assert (text.protected, text.only) == (True, "5")

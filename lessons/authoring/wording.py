"""What authors are told: each sentence says what is wrong in a file and how to put it right."""

# Files and folders
NO_FOLDER = "there is no such folder: check the path"
NOT_A_FOLDER = "this is a file: give the folder that holds course.md"
UNREADABLE = "cannot be read ({reason}): check the permissions"
TOO_BIG = "is larger than {limit} kB: a course file is text only, so split it or take the rest out"
NOT_UTF8 = "holds a byte that is not UTF-8 (0x{byte:02X}): save the file with the encoding UTF-8"
NO_COURSE_FILE = "there is no course.md: write one that says what the course is"
SAME_NAME = "the file {other} has the same name but for capitals: keep one of them"
STRANGE_NAME = "is neither course.md nor a lesson such as l2.vi.md: rename it or move it away"
NOT_LISTED = (
    "course.md does not list the lesson {lesson}: add it to 'lessons' or move the file away"
)
NOT_DECLARED = (
    "course.md does not list the language {language}: add it to 'languages' or move the file away"
)
NO_LESSON_FILE = (
    "the lesson {lesson} lacks {files}: write what is missing, or take the lesson off 'lessons'"
)
LINE_TOO_LONG = "this line has more than {limit} characters: break it into shorter ones"
UNSHOWABLE = "holds an invisible control character ({code}): delete it"

# Front matter
FRONT_MISSING = (
    "does not begin with its front matter: write 'key: value' lines between two lines of three "
    "dashes"
)
FRONT_OPEN = (
    "the front matter does not end: write a line of three dashes below its last 'key: value' line"
)
NOT_AN_ENTRY = (
    "'{text}' is not a 'key: value' line: write one key, a colon and its value on one line"
)
KEY_MISSING = "the front matter lacks '{key}': add a line '{key}: …'"
KEY_EMPTY = "'{key}' has no value: write it behind the colon"
KEY_UNKNOWN = "'{key}' is not known here: use one of {known}"
KEY_TWICE = "'{key}' stands in line {line} already: keep one of them"
LISTED_TWICE = "'{key}' lists {value} twice: keep one of them"
NOT_AN_ID = (
    "'{value}' cannot be an id: use small letters a-z, digits and hyphens, at most 16, such as l1"
)
NOT_A_LANGUAGE = "'{value}' is not a language code: write vi, en or fr"
MEDIA_TWICE = "a screen shows one picture, voice or video: begin another screen for the next"
MEDIA_WRONG = (
    "'{text}' cannot be shown: write ![what it shows](https://…) with an address that ends in jpg, "
    "png, webp, ogg, mp3, m4a or mp4"
)
NOT_A_RETENTION = "retention is '{value}': write a number from 0.70 to 0.97, such as 0.85"
NOT_YES_OR_NO = "{key} is '{value}': write yes or no"
NOT_A_WHOLE_NUMBER = "{key} is '{value}': write a whole number from 1"
OTHER_LESSON = (
    "the front matter says lesson {value}, the file name says {lesson}: make them the same"
)
OTHER_CODES = "the codes differ from those in {file}: make them the same, or leave them out here"

# A lesson
TITLE_MISSING = "the lesson has no title: write '# ' and the title above the first screen"
TITLE_EMPTY = "the title is empty: write it behind '# '"
TITLE_TWICE = (
    "a second title (the first is in line {line}): a file holds one lesson; for a section write "
    "'## '"
)
BEFORE_TITLE = "'{text}' stands above the title: move it below the line that begins with '# '"
NO_SCREENS = "the lesson has no text: write the first screen below the title"
SCREEN_OUTSIDE = (
    "three dashes begin a screen, and all screens stand above the first '## ': delete this line"
)
SECTION_UNKNOWN = (
    "'{text}' is not a section: use Do now, Facts or Questions (or their Vietnamese or French "
    "names)"
)
SECTION_TWICE = "the section '{text}' stands here a second time: keep everything under one heading"
QUESTION_OUTSIDE = (
    "the question '{text}' stands outside the section Questions: write '## Questions' above it"
)
HEADING_TOO_DEEP = (
    "'{text}' is no heading of a lesson: use '# ' title, '## ' section, '### ' question"
)

# Facts
NOT_A_FACT = "'{text}' is not a fact: write it on one line that begins with '- '"
NOT_A_FACT_DETAIL = (
    "'{text}' belongs to no key: write '  - source: …', or a new fact without indentation"
)
DETAIL_WITHOUT_FACT = "'{key}' stands before the first fact: write the fact above it as '- …'"
FACT_LACKS = "this fact lacks '{key}': add a line '  - {key}: …' below it"
NOT_A_DATE = "'{key}' is not a date ({value}): write year-month-day, such as 2026-11-22"

# Questions
IN_QUESTION = "{id}: {what}"
BEFORE_QUESTIONS = "'{text}' stands above the first question: begin a question with '### id · kind'"
HEADING_WITHOUT_KIND = (
    "'{text}' does not say which kind of question it is: write '### q1 · single choice'"
)
RECALLS_NOTHING = "{id} recalls {of}, but there is no such question in the lesson"
RECALLS_WRONGLY = "{id} recalls {of}: a second form is typed, and what it recalls is chosen"
RECALLED_TWICE = "{id} recalls {of}, which has a second form already"
FLAG_UNKNOWN = "'{flag}' is not known behind the kind of a question: use {known}"
QUESTION_TWICE = "the question {id} stands in line {line} already: give this one an id of its own"
PROMPT_MISSING = "{id} asks nothing: write the question below its heading"
OPTION_MARK = "'[{mark}]' is neither right nor wrong: write [x] for right and [ ] for wrong"
OPTION_EMPTY = "this option has no text: write it behind the brackets"
PAIR_UNCLEAR = (
    "'{text}' is not one pair: write '- left → right' with one arrow and a text on both sides"
)
BULLET_UNCLEAR = (
    "'{text}' is no answer: write '- [x] …' if right, '- [ ] …' if wrong, '- left → right' for a "
    "pair"
)
DETAIL_TWICE = (
    "a second '{key}' for the same answer: indent it by two spaces below the option it belongs to"
)
STEP_NUMBER = "the numbers do not count up: this line should begin with '{number}.'"
STEP_EMPTY = "nothing stands behind the number: write the text"
STRAY_IN_QUESTION = (
    "'{text}' belongs to nothing: an answer stands on one line, and each line of the explanation "
    "begins with '>'"
)
ANSWERS_MIXED = (
    "{id} mixes kinds of answers: use only '- [ ]' options, only '1.' lines or only '- left → "
    "right' pairs"
)

# What a good course is
NOT_NFC = (
    "letters and their marks are stored apart ({count} lines; not NFC): type the line anew, or "
    "save the file as NFC"
)
LESSON_TOO_LONG = "screens and action have {count} characters together: shorten them to {limit}"
SCREEN_TOO_LONG = (
    "this screen has {count} characters: shorten it to {limit}, or begin another with ---"
)
SCREEN_TOO_SHORT = (
    "this screen has {count} characters: write at least {limit}, or join it with its neighbour"
)
NO_ACTION = "the lesson has no action: say under '## Do now' what to do at once"
NO_QUESTIONS = "the lesson asks nothing: write questions under '## Questions'"
PROMPT_TOO_LONG = "{id}: the question has {count} characters: shorten it to {limit}"
OPTION_TOO_LONG = "{id}: this option has {count} characters: shorten it to {limit}"
TOO_MANY_OPTIONS = "{id}: {count} options: keep at most {limit}"
OPTION_LACKS = (
    "{id}: this wrong answer has no {key}: write '  - {key}: …' below it, indented by two spaces"
)
QUESTION_LACKS = (
    "{id}: the question has no {key}: write '- {key}: …' below the answers, not indented"
)
RIGHT_MISCONCEIVED = "{id}: a right answer holds no misconception: move it below a wrong one"
NOT_A_TAG = (
    "{id}: '{value}' is not a misconception tag: write a few English words such as "
    "fluency-means-truth"
)
NO_EXPLANATION = (
    "{id}: there is no explanation: write one below the answers, each line beginning with '>'"
)
EXPLANATION_OFF = "{id}: the explanation does not name the right answer: use its words ({words})"
NO_SOURCE = "the fact has no source: say where it comes from"
NOT_A_MARK = (
    "'{value}' is not a mark: write P (a published page confirms it) or G (secondary source only)"
)
REVIEW_TOO_EARLY = (
    "review_by ({review_by}) is not later than as_of ({as_of}): set the day to look again"
)
NOT_TRANSLATED = "the lesson has no text in {language}: translate it or take the language off"
CODE_UNKNOWN = (
    "the code '{code}' begins with no framework of the course: add '{framework}' to 'frameworks' "
    "or correct it"
)
SCREENS_DIFFER = "{count} screens, but {other} in {file}: make them the same"
FACTS_DIFFER = "{count} facts, but {other} in {file}: make them the same"
QUESTIONS_DIFFER = (
    "the questions are {ids}, but {others} in {file}: give both the same ids in the same order"
)
QUESTION_DIFFERS = "{id}: {aspect}: {these} here, {others} in {file}: make them the same"

# Enough questions, of every kind
FEW_QUESTIONS = "the lesson asks too little ({count}): write at least {least} questions"
FEW_SITUATIONS = (
    "{count} of {total} questions are cases from work: write more of them, at least {least} in a "
    "hundred, and mark each with ' · situation'"
)
KINDS_MISSING = (
    "nothing is asked as {kinds}: a course of {least} lessons or more has every kind of question"
)

# How it is said
SENTENCE_TOO_LONG = (
    "the sentence '{start} …' has {count} syllables: break it into shorter ones, at most {limit}"
)
SENTENCES_TOO_LONG = (
    "the sentences of this lesson have {mean} syllables on average: shorten them to {limit}"
)
AVOIDED = "says '{word}': {instead}"
EXCLAMATION = "has an exclamation mark: end the sentence calmly"
EMOJI = "has a picture sign ({code}): say it in words"
FRENCH_SPACE = (
    "'{text}': put a no-break space (U+00A0) before ; : ? ! » and after «, and no other space"
)

# How it is asked
ABOUT_OTHERS = (
    "{id}: '{text}' speaks of the other options, which everybody sees mixed: say what is meant"
)
NEGATIVE_STEM = (
    "{id}: the question asks for what is not so: write {capitals} in capitals, or ask the other "
    "way round"
)
ALIKE = (
    "{id} asks nearly what {of} asks in {place} ({share} in a hundred words are the same): ask "
    "something else, or in the same lesson make it a second form of that"
)
SPELLED_OTHERWISE = "'{text}' is '{other}' in {place}: spell it the same everywhere"
TAG_ONCE = (
    "{id}: the misconception '{value}' stands nowhere else in the bank: name the same wrong idea "
    "by the same tag, or ask about it once more"
)

# What looks give away
OPTIONS_TELL = (
    "in {where} ({language}) the right option is the {extreme} in {count} of {total} single "
    "choices, {expected} by chance ({p}): change the options of {places}"
)
TRUE_TELLS = (
    "in {where} True is right in {count} of {total} questions of true or false ({p}): turn some "
    "of the statements round"
)

# The one page of a course
SUMMARY_TITLE = "the summary has no title: write '# ' and the title above everything else"
SUMMARY_EMPTY = "the summary says nothing: write its lines below the title"
SUMMARY_SECTION = (
    "'{text}' is no heading of a summary: below its lines stands '## Checklist' (or its Vietnamese "
    "or French name), once"
)
CHECKLIST_MISSING = (
    "the summary has no checklist: write '## Checklist' and below it boxes such as '- [ ] …'"
)
NOT_A_BOX = "'{text}' is no box: write it on one line that begins with '- [ ] '"
SUMMARY_LACKS = "there is no {files}: write what is missing, or take this summary away"
BOXES_DIFFER = "{count} boxes, but {other} in {file}: make them the same"

// The chat page: shows what the server tells, sends what the learner says until it gets through.

const page = document.body.dataset;
const [log, said, waiting, notice, form, box] = ["log", "said", "waiting", "notice", "form", "box"].map(
  (id) => document.getElementById(id),
);
const languages = [...document.querySelectorAll("nav a")];
const GREETING = "/start"; // sent by the page itself on a first visit, and never shown

function element(name, kind, text = "") {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

function bubble(who, text) {
  const made = element("div", `bubble ${who}`);
  made.append(element("span", "unseen", `${page[who]}: `), element("span", "words", text));
  return made;
}

// --- reading: the newest message stays in view unless the reader has scrolled up ---

let resting = 0; // where the page itself last scrolled to

function follow(always = false) {
  const end = log.scrollHeight - log.clientHeight;
  if (!always && log.scrollTop < Math.min(resting, end) - 40) return;
  const newest = waiting.lastElementChild ? null : [...said.querySelectorAll(".tutor")].pop();
  resting = Math.max(0, newest ? Math.min(end, newest.offsetTop - 12) : end); // a long one from its top
  log.scrollTop = resting;
}

new ResizeObserver(() => follow()).observe(log);

// An on-screen keyboard that covers the page instead of shrinking it (iOS).
window.visualViewport?.addEventListener("resize", () => {
  const { height, scale } = window.visualViewport;
  if (scale === 1) document.documentElement.style.setProperty("--height", `${height}px`);
});

// --- what was said, by the tutor and by the learner on any of their devices ---

let last = "0"; // id of the newest message shown; ids grow
let today = "";

function hear({ lastEventId, data }) {
  const message = JSON.parse(data);
  if (last !== "0" && Number(lastEventId) < Number(last)) forget();
  last = lastEventId;
  showDay(new Date(message.at));
  if (message.who === "learner") heardMe(message.text);
  else heardTutor(message);
  if (Number(last) >= Number(page.newest)) settle();
  follow();
}

function heardMe(text) {
  arrived(text);
  if (text !== GREETING) show(bubble("learner", text));
}

function heardTutor({ text, choices }) {
  const asked = [...shown].find((one) => !one.answered && (one.sending || one.done));
  if (asked) keep(asked);
  show(bubble("tutor", text));
  if (choices.length) offer(choices);
}

function show(made) {
  if (log.getAttribute("aria-busy") !== "true") made.classList.add("fresh");
  said.append(made);
}

function showDay(at) {
  const words = { weekday: "long", day: "numeric", month: "long" };
  const day = new Intl.DateTimeFormat(document.documentElement.lang, words).format(at);
  if (day !== today) said.append(element("div", "day", day));
  today = day;
}

function offer(choices) {
  for (const old of said.querySelectorAll(".choices")) old.remove();
  const group = element("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", page.choices);
  for (const { id, label } of choices) {
    const button = element("button", "", label);
    button.type = "button";
    button.addEventListener("click", (event) => {
      if (event.detail === 0) log.focus(); // a keyboard goes on from here
      tell({ tap: id }, label, group);
    });
    group.append(button);
  }
  said.append(group);
}

// The history begins anew: it was erased, or a volatile one was lost in a restart.
function forget() {
  said.replaceChildren();
  today = "";
}

// The history up to the opening of the page is there: from now on news are read aloud.
function settle() {
  if (log.getAttribute("aria-busy") === "true") requestAnimationFrame(() => log.setAttribute("aria-busy", "false"));
}

// --- what the learner says: shown at once, sent in order, tried again until it got through ---

const queue = []; // not yet accepted by the server
const shown = new Set(); // bubbles that the history does not hold yet

function tell(message, text, group = null) {
  const update = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const one = { body: JSON.stringify({ update, ...message }), tap: message.tap, text, group, bubble: bubble("learner", text), state: element("div", "state") };
  one.state.setAttribute("role", "status");
  if (text !== GREETING) waiting.append(one.bubble, one.state);
  for (const button of group?.children ?? []) button.disabled = true;
  shown.add(one);
  queue.push(one);
  settle();
  follow(true);
  deliver();
}

let delivering = false;

async function deliver() {
  if (delivering) return;
  delivering = true;
  let tries = 0;
  while (queue.length) {
    const refused = await post(queue[0]);
    if (refused === null) {
      tries += 1;
      await patience(Math.min(30, 2 ** tries));
    } else {
      tries = 0;
      accepted(queue.shift(), refused);
    }
  }
  delivering = false;
}

// "" when accepted, a sentence when refused for good, null when it is to be tried again.
async function post(one) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), 60000);
  const slow = setTimeout(() => mark(one, one.state.textContent || page.sending), 800);
  const headers = { "Content-Type": "application/json" };
  one.sending = true;
  try {
    const answer = await fetch("/chat/say", { method: "POST", headers, body: one.body, signal: giveUp.signal, referrerPolicy: "same-origin" });
    if (answer.ok) return "";
    if (answer.status < 500 && ![408, 425, 429].includes(answer.status)) return (await answer.json()).detail;
  } catch {
    // No connection, or no answer: the same update is sent again, which is harmless.
  } finally {
    one.sending = false;
    clearTimeout(timer);
    clearTimeout(slow);
  }
  mark(one, page.retrying);
  return null;
}

function mark(one, words) {
  one.state.textContent = words;
  follow();
}

function accepted(one, refused) {
  mark(one, refused);
  one.done = true;
  for (const button of one.group?.children ?? []) button.disabled = false;
  if (refused) return;
  if (one.answered) expire(one);
  else setTimeout(() => shown.has(one) && !one.answered && listen(), 5000); // yet nothing came
  const wanted = languages.find((link) => one.tap === `lang:${link.lang}`)?.lang;
  if (wanted && wanted !== document.documentElement.lang && !queue.length) location.assign(`/?language=${wanted}`);
}

// The learner's words are in the history now: the waiting bubble gives way.
function arrived(text) {
  const bare = (words) => words.normalize("NFC").replace(/[\p{C}\s]+/gu, "");
  const one = [...shown].find((each) => bare(each.text) === bare(text));
  if (!one) return;
  shown.delete(one);
  one.bubble.remove();
  one.state.remove();
}

// Answered, yet not in the history, which keeps no words without consent; or not there yet.
function keep(one) {
  one.answered = true;
  if (one.text !== GREETING) said.append(one.bubble, one.state);
  if (one.done) expire(one);
}

function expire(one) {
  setTimeout(() => shown.delete(one), 5000);
}

function patience(seconds) {
  return new Promise((done) => {
    setTimeout(done, seconds * 1000);
    addEventListener("online", done, { once: true });
  });
}

addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});

// --- the connection: open while the page is looked at ---

let stream;
let again;
let worry;

function listen() {
  hush();
  if (document.hidden) return;
  stream = new EventSource(`/chat/events?after=${last}`);
  stream.addEventListener("message", hear);
  stream.addEventListener("open", () => {
    clearTimeout(worry);
    worry = undefined;
    if (notice.textContent === page.lost) notice.textContent = "";
  });
  stream.addEventListener("error", () => {
    worry ??= setTimeout(() => (notice.textContent = page.lost), 1500);
    if (stream.readyState === EventSource.CLOSED) again = setTimeout(listen, 3000);
  });
}

function hush() {
  clearTimeout(again);
  stream?.close();
}

document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("online", listen);

// --- the parts of the page ---

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (text) tell({ text }, text);
  box.value = "";
  box.focus();
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});

for (const link of languages) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    tell({ tap: `lang:${link.lang}` }, link.dataset.name);
  });
}

document.getElementById("help").addEventListener("click", () => tell({ tap: "c:help" }, "?"));

if (location.search) history.replaceState(null, "", "/");
listen();
if (!page.newest) tell({ text: GREETING }, GREETING);

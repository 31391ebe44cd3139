// The emulator telegram-test-api on a free port, its answers mended just so far that both bot
// libraries take them: what it says of the conversation stays its own. Prints its address; ends
// when its standard input does.
'use strict';
const TelegramServer = require('telegram-test-api');

const LATER = 200; // ms an empty poll waits before it looks once more
const LACKING = {
  getWebhookInfo: { url: '', has_custom_certificate: false, pending_update_count: 0 },
  setMyCommands: true,
  deleteMyCommands: true,
  setMessageReaction: true,
  sendChatAction: true,
};
const BOT = { id: 666, is_bot: true, first_name: 'Test First name', username: 'TestNameBot' };

const server = new TelegramServer({ host: '127.0.0.1' });
server.config.port = 0; // the constructor takes 0 for "not given"
const app = server.webServer;

// A message of the bot's as the Bot API tells it: seconds, a sender, no left-over fields of the call.
const told = (chat, id, text, markup, time) => ({
  message_id: id,
  date: Math.floor(time / 1000),
  chat: { id: Number(chat), first_name: 'Test', type: 'private' },
  from: BOT,
  text,
  ...(markup && markup.inline_keyboard ? { reply_markup: markup } : {}),
});

const edited = ({ chat_id: chat, message_id: id }) => {
  const found = server.storage.botMessages.find(
    (m) => String(m.messageId) === String(id) && String(m.message.chat_id) === String(chat));
  return found && told(chat, found.messageId, found.message.text, found.message.reply_markup, found.time);
};

const updates = (found) => found.map(({ update_id: id, message, callback_query: query }) => {
  if (message) delete message.botToken;
  return query ? { update_id: id, callback_query: { ...query, chat_instance: '1' } } : { update_id: id, message };
});

const MENDED = {
  getMe: () => BOT,
  getUpdates: (result) => updates(result),
  sendMessage: (m) => told(m.chat.id, m.message_id, m.text, m.reply_markup, m.date),
  editMessageText: (_, given) => edited(given),
  editMessageReplyMarkup: (_, given) => edited(given),
};

const refusal = (code, description) => ({ ok: false, error_code: code, description });

function answer(method, given, data) {
  if (data.ok === undefined) {
    return method in LACKING ? { ok: true, result: LACKING[method] } : refusal(404, 'Not Found');
  }
  if (!data.ok) return data;
  const result = method in MENDED ? MENDED[method](data.result, given) : true;
  return result === undefined ? refusal(400, 'Bad Request: message to edit not found') : { ok: true, result };
}

const { json } = app.response;
app.response.json = function mended(data) {
  const [, token, method] = /^\/bot([^/]+)\/(\w+)/.exec(this.req.path) || [];
  if (!method) return json.call(this, data);
  const say = (found) => json.call(this.status(found.error_code || 200), found);
  if (method === 'getUpdates' && Number(this.req.body.timeout) && !data.result.length) {
    setTimeout(() => say({ ok: true, result: updates(server.getUpdates(token)) }), LATER);
    return this;
  }
  return say(answer(method, this.req.body, data));
};

server.start().then(() => {
  console.log(`http://127.0.0.1:${server.server.address().port}`);
  process.stdin.on('end', () => process.exit(0)).resume();
});

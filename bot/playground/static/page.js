// The playground's plain page: shows one person's screen and does what they press or type.
import { blocks, text } from "./blocks.js";
import { el, mrkdwn } from "./text.js";

const $ = (id) => document.getElementById(id);
const POLL_MS = 700;
const CLOCK_MS = 20000;
const seen = {};
const drafts = {};
let screen = null;
let user = new URLSearchParams(location.hash.slice(1)).get("user") || "";
let where = location.pathname.split("/")[2] || new URLSearchParams(location.hash.slice(1)).get("where") || "";
let drawn = {};
let articles = new Map();

async function call(verb, body) {
  const response = await fetch(`/_playground/${verb}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ user, ...body }),
  });
  const result = await response.json();
  const failed = result.error && result.error !== "incomplete";
  $("notice").textContent = failed ? `That failed with the error “${result.error}”.` : "";
  await refresh(true);
  return result;
}

async function refresh(force = false) {
  const query = new URLSearchParams({ user, where: where === "home" ? "" : where });
  if (!force && screen) query.set("since", screen.revision);
  const response = await fetch(`/_playground/screen?${query}`);
  if (response.status === 204) return;
  if (!response.ok) { where = ""; return; }
  screen = await response.json();
  if (where !== "home") where = screen.where;
  draw();
}

// Draw a part of the page only where what it shows has changed, so that nobody loses their place.
function part(name, shown, drawIt) {
  const key = JSON.stringify(shown);
  if (drawn[name] === key) return;
  drawn[name] = key;
  drawIt();
}

function draw() {
  location.replace(`#user=${user}&where=${encodeURIComponent(where)}`);
  const { app, me, people, conversations, messages, home, modals, now, clock } = screen;
  $("team").textContent = screen.team;
  const shown = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: me.tz, ...options }).format(new Date(now));
  $("now").textContent = `${shown({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })} ${me.tz}`;
  $("clock").hidden = !clock;
  part("me", [people, user], () => $("me").replaceChildren(...people.filter((each) => !each.is_bot && !each.deleted)
    .map((each) => el("option", { value: each.id, selected: each.id === me.id }, `${each.real_name} (${each.tz})`))));
  const open = conversations.find((each) => each.id === where);
  if (open) (seen[user] ??= {})[open.id] = open.last_ts;
  part("places", [conversations, where, user], drawPlaces);
  const named = (each) => (each.kind === "channel" || each.kind === "private" ? "#" : "") + each.name;
  $("title").textContent = where === "home" ? `${app.name}: Home` : open ? named(open) : "";
  $("messages").hidden = $("box").hidden = where === "home";
  $("home").hidden = where !== "home";
  part("messages", [messages, where, user], drawMessages);
  part("home", [home, user], () => $("home").replaceChildren(
    ...(home ? blocks(home.blocks, screen, acting({ view_id: home.id }, home.state.values, `${user}-home`)) : ["Nothing here yet."])));
  part("shortcuts", app.global_shortcuts, () => $("shortcuts").lastElementChild.replaceChildren(
    ...Object.entries(app.global_shortcuts).map(([id, name]) => el("button", {
      type: "button", onclick: () => { $("shortcuts").open = false; call("global_shortcut", { callback_id: id }); },
    }, name))));
  const top = modals.at(-1);
  part("modal", top ? [top.id, top.hash, top.errors, user] : null, () => drawModal(top));
}

function drawPlaces() {
  const { app, me, people, conversations } = screen;
  const link = (target, name, last) => el("button", {
    type: "button", "aria-current": target === where ? "page" : undefined,
    class: last && last > ((seen[user] ??= {})[target] ?? "0") ? "unread" : "",
    onclick: () => go(target),
  }, name);
  const directs = people.filter((each) => each.id !== me.id && !each.is_bot && !each.deleted).map((each) => {
    const known = conversations.find((one) => one.kind === "im" && one.name === each.real_name);
    return link(known ? known.id : "@" + each.name, each.real_name, known?.last_ts);
  });
  $("places").replaceChildren(
    el("h2", {}, "Channels"),
    ...conversations.filter((each) => each.kind !== "im").map((each) => link(each.id, "#" + each.name, each.last_ts)),
    el("h2", {}, "Direct messages"), ...directs,
    el("h2", {}, "App"), link("home", `${app.name}: Home`),
    ...conversations.filter((each) => each.kind === "im" && each.app).map((each) => link(each.id, `${app.name}: Messages`, each.last_ts)));
}

async function go(target) {
  where = target;
  if (target === "home") await call("open_home", {});
  else await refresh(true);
}

// Messages that did not change keep their nodes, so that an open menu stays open.
function drawMessages() {
  const pane = $("messages");
  const atEnd = drawn.pane !== user + where || pane.scrollHeight - pane.scrollTop - pane.clientHeight < 60;
  const before = drawn.pane === user + where ? articles : new Map();
  articles = new Map(screen.messages.map((each) => {
    const key = JSON.stringify({ ...each, values: null });
    return [key, before.get(key) ?? message(each)];
  }));
  const kept = new Set(articles.values());
  for (const old of [...pane.children]) if (!kept.has(old)) old.remove();
  [...kept].forEach((node, index) => {
    if (pane.children[index] !== node) pane.insertBefore(node, pane.children[index] ?? null);
  });
  if (atEnd) pane.scrollTop = pane.scrollHeight;
  drawn.pane = user + where;
}

function message(each) {
  const author = screen.people.find((person) => person.id === each.user);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: screen.me.tz, weekday: "short", timeStyle: undefined, hour: "2-digit", minute: "2-digit" })
    .format(new Date(Number(each.ts) * 1000));
  const shortcuts = Object.entries(screen.app.message_shortcuts);
  const place = { channel: each.channel, ts: each.ts };
  return el("article", { class: `message ${each.to ? "mine-only" : ""}`, "data-ts": each.ts },
    el("div", {}, el("span", { class: "who" }, author ? author.real_name : each.user),
      each.by_app ? el("span", { class: "small" }, " APP") : null,
      el("span", { class: "small" }, ` ${time}${each.edited_ts ? " (edited)" : ""}`)),
    each.to ? el("div", { class: "small" }, "Only visible to you") : null,
    ...(each.blocks.length ? blocks(each.blocks, screen, acting(place, each.values, `${user}-${each.channel}-${each.ts}`))
      : [el("div", {}, mrkdwn(each.text, screen))]),
    shortcuts.length && !each.to ? el("details", { class: "menu tools" },
      el("summary", { "aria-label": "Message menu" }, "⋮"),
      el("div", {}, ...shortcuts.map(([id, name]) => el("button", {
        type: "button", onclick: (event) => { event.target.closest("details").open = false; call("message_shortcut", { in: place, callback_id: id }); },
      }, name)))) : null);
}

// What pressing, picking and typing does in a message or view; typed text waits in drafts.
function acting(place, values, key) {
  const draft = (drafts[key] ??= {});
  const name = (block, element) => `${block.block_id}/${element.action_id}`;
  const waits = (block) => block.type === "input" && !block.dispatch_action;
  return {
    value(block, element) {
      if (name(block, element) in draft) return draft[name(block, element)];
      const held = values?.[block.block_id]?.[element.action_id];
      const initial = Object.entries(element).find(([field]) => field.startsWith("initial_"))?.[1];
      return held ? Object.entries(held).find(([field]) => field !== "type")?.[1] : initial;
    },
    type(block, element, value) { draft[name(block, element)] = value; },
    async pick(block, element, value) {
      if (waits(block)) { draft[name(block, element)] = value; return; }
      if (element.confirm && !(await confirmed(element.confirm))) return;
      await fill(place, draft);
      await call("choose", { in: place, wanted: name(block, element), value });
    },
    async press(block, element) {
      if (element.confirm && !(await confirmed(element.confirm))) return;
      if (/^https?:/.test(element.url ?? "")) window.open(element.url, "_blank", "noopener");
      await fill(place, draft);
      await call("press", { in: place, wanted: name(block, element) });
    },
    async suggest(block, element, query) {
      return (await call("suggest", { in: place, wanted: name(block, element), query })).options ?? [];
    },
  };
}

async function fill(place, draft) {
  const values = { ...draft };
  for (const wanted of Object.keys(values)) delete draft[wanted]; // what is typed meanwhile stays
  if (Object.keys(values).length) await call("fill", { in: place, values });
}

function drawModal(view) {
  const dialog = $("modal");
  if (!view) { dialog.close(); return; }
  const focused = document.activeElement?.id;
  const act = acting({ view_id: view.id }, view.state.values, view.id);
  const form = el("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      await fill({ view_id: view.id }, drafts[view.id] ?? {});
      await call("submit", {});
    },
  },
  el("h2", { id: "modal-title" }, view.title.text),
  ...blocks(view.blocks, screen, act, view.errors),
  el("footer", {},
    el("button", { type: "button", onclick: () => call("close", {}) }, view.close?.text ?? "Cancel"),
    view.submit ? el("button", { type: "submit", class: "primary" }, view.submit.text) : null));
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  if (focused) document.getElementById(focused)?.focus();
}

$("modal").addEventListener("cancel", (event) => { event.preventDefault(); call("close", {}); });

function confirmed(asked) {
  const dialog = $("confirm");
  return new Promise((resolve) => {
    const answer = (value) => () => { dialog.close(); resolve(value); };
    dialog.replaceChildren(
      el("h2", {}, asked.title.text), el("p", {}, text(asked.text, screen)),
      el("footer", {},
        el("button", { type: "button", onclick: answer(false) }, asked.deny.text),
        el("button", { type: "button", class: "primary", onclick: answer(true) }, asked.confirm.text)));
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}

$("me").addEventListener("change", async (event) => {
  user = event.target.value;
  const open = screen.conversations.find((each) => each.id === where);
  if (open && open.kind === "im") where = open.app ? "@" + screen.people.find((each) => each.id === screen.app.user).name : "";
  await refresh(true);
});

$("box").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = $("text").value.trim();
  if (!typed) return;
  $("text").value = "";
  const [, command, rest] = typed.match(/^(\/\S+)\s*([\s\S]*)$/) ?? [];
  if (command) await call("command", { where, command, text: rest });
  else await call("say", { where, text: typed });
  if ($("notice").textContent.includes("not_in_channel")) $("notice").textContent = "";
});

$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("box").requestSubmit(); }
});

$("clock").addEventListener("click", async (event) => {
  const kind = event.target.dataset.clock;
  if (!kind) return;
  for (const button of $("clock").children) button.disabled = true;
  await call("advance", { to: kind });
  for (const button of $("clock").children) button.disabled = false;
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

async function start() {
  if (!user) user = "";
  await refresh(true);
  user = screen.me.id;
  draw();
  setInterval(() => refresh(true).catch(() => {}), CLOCK_MS); // the time moves on by itself
  setInterval(() => refresh().catch(() => { $("notice").textContent = "The playground has stopped."; }), POLL_MS);
}

start();

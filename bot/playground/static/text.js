// Slack's mrkdwn as DOM nodes. Nothing that people typed is ever parsed as HTML.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const unescaped = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const MARKS =
  /<([^<>]+)>|```([\s\S]+?)```|`([^`\n]+)`|(?<!\w)\*([^*\n]+)\*(?!\w)|(?<!\w)_([^_\n]+)_(?!\w)|(?<!\w)~([^~\n]+)~(?!\w)/g;

export function mrkdwn(text, screen) {
  const fragment = document.createDocumentFragment();
  const plain = (part) => {
    part.split("\n").forEach((line, index) => {
      if (index) fragment.append(el("br"));
      fragment.append(unescaped(line));
    });
  };
  let at = 0;
  for (const match of text.matchAll(MARKS)) {
    plain(text.slice(at, match.index));
    at = match.index + match[0].length;
    const [, entity, pre, code, bold, italic, struck] = match;
    if (entity !== undefined) fragment.append(marked(entity, screen));
    else if (pre !== undefined) fragment.append(el("pre", {}, unescaped(pre)));
    else if (code !== undefined) fragment.append(el("code", {}, unescaped(code)));
    else if (bold !== undefined) fragment.append(el("strong", {}, mrkdwn(bold, screen)));
    else if (italic !== undefined) fragment.append(el("em", {}, mrkdwn(italic, screen)));
    else fragment.append(el("s", {}, mrkdwn(struck, screen)));
  }
  plain(text.slice(at));
  return fragment;
}

function marked(entity, screen) {
  const bar = entity.indexOf("|");
  const target = bar < 0 ? entity : entity.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(entity.slice(bar + 1));
  const mention = (shown) => el("span", { class: "mention" }, shown);
  if (target.startsWith("@")) {
    const person = screen.people.find((each) => each.id === target.slice(1));
    return mention("@" + (person ? person.real_name : label || target.slice(1)));
  }
  if (target.startsWith("#")) {
    const channel = screen.conversations.find((each) => each.id === target.slice(1));
    return mention("#" + (channel ? channel.name : label || target.slice(1)));
  }
  if (target.startsWith("!date^")) return el("time", {}, dated(target, label, screen));
  if (target.startsWith("!subteam^")) return mention(label || "@group");
  if (target.startsWith("!")) return mention("@" + target.slice(1));
  if (!/^(https?:|mailto:)/i.test(target)) return document.createTextNode(`<${entity}>`);
  const address = unescaped(target);
  return el("a", { href: address, target: "_blank", rel: "noopener" }, label || address);
}

function dated(target, fallback, screen) {
  const [, seconds, format] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  const say = (options, date = moment) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: screen.me.tz, ...options }).format(date);
  const day = (date) => say({ dateStyle: "short" }, date);
  const pretty = (otherwise) => {
    const now = new Date(screen.now).getTime();
    for (const [shift, word] of [[0, "today"], [1, "tomorrow"], [-1, "yesterday"]]) {
      if (day(new Date(now + shift * 86400000)) === day(moment)) return word;
    }
    return otherwise();
  };
  const short = () => say({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const medium = () => say({ day: "numeric", month: "long", year: "numeric" });
  const long = () => say({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const known = {
    date: medium, date_num: () => day(moment), date_short: short, date_long: long,
    date_pretty: () => pretty(medium), date_short_pretty: () => pretty(short),
    date_long_pretty: () => pretty(long), time: () => say({ timeStyle: "short" }),
    time_secs: () => say({ timeStyle: "medium" }), ago: short,
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => (known[name] ? known[name]() : whole));
}

// The Unix seconds of a wall time in a zone, and back, for <input type="datetime-local">.
export function fromWall(wall, zone) {
  const guess = Date.parse(wall + "Z");
  let moment = guess;
  for (let turn = 0; turn < 2; turn += 1) moment = guess - (Date.parse(toWall(moment / 1000, zone) + "Z") - moment);
  return Math.round(moment / 1000);
}

export function toWall(seconds, zone) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return parts.format(new Date(seconds * 1000)).replace(" ", "T");
}

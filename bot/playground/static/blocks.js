// Block Kit as DOM nodes. `act` says what happens when something is pressed, picked or typed:
// act.press(block, element), act.pick(block, element, value), act.value(block, element),
// act.type(block, element, value), act.suggest(block, element, query).
import { el, fromWall, mrkdwn, toWall } from "./text.js";

const MANY = /^multi_|^checkboxes$/;

export function text(object, screen) {
  if (!object) return "";
  return object.type === "mrkdwn" ? mrkdwn(object.text, screen) : object.text;
}

export function blocks(list, screen, act, errors = {}) {
  return list.map((block) => draw(block, screen, act, errors[block.block_id]));
}

function draw(block, screen, act, error) {
  const box = (name, ...children) => el("div", { class: `block ${name}` }, ...children);
  switch (block.type) {
    case "header": return el("h3", { class: "block" }, block.text.text);
    case "divider": return el("hr");
    case "section": return box("section",
      el("div", {},
        block.text ? el("div", {}, text(block.text, screen)) : null,
        block.fields ? el("div", { class: "fields" },
          ...block.fields.map((field) => el("div", {}, text(field, screen)))) : null),
      block.accessory ? element(block, block.accessory, screen, act) : null);
    case "context": return box("context", ...block.elements.map((each) =>
      each.type === "image" ? picture(each) : el("span", {}, text(each, screen))));
    case "actions": case "context_actions":
      return box("actions", ...block.elements.map((each) => element(block, each, screen, act)));
    case "input": return field(block, screen, act, error);
    case "image": return box("image", picture(block));
    case "markdown": return box("markdown", block.text);
    case "alert": return el("div", { class: "block", role: "alert" }, text(block.text, screen));
    case "table": case "data_table": return box("table",
      block.caption ? el("div", { class: "small" }, block.caption) : null,
      el("table", {}, ...block.rows.map((row) =>
        el("tr", {}, ...row.map((cell) => el("td", {}, String(cell.text ?? cell.value ?? "")))))));
    case "data_visualization": return box("chart", block.title, ": ", JSON.stringify(block.chart));
    default: return box("unknown", `[${block.type}]`);
  }
}

const picture = (image) => el("span", { role: "img", "aria-label": image.alt_text }, `🖼 ${image.alt_text}`);

function field(block, screen, act, error) {
  const id = `in-${block.block_id}-${block.element.action_id}`.replace(/\s/g, "_");
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const input = element(block, block.element, screen, act, id);
  const name = block.label.text + (block.optional ? " (optional)" : "");
  const problem = error ? el("div", { class: "error", role: "alert", id: `${id}-error` }, error) : null;
  const hint = block.hint ? el("div", { class: "small" }, block.hint.text) : null;
  if (grouped) input.prepend(el("legend", {}, name));
  else if (error) input.setAttribute("aria-describedby", `${id}-error`);
  return el("div", { class: "block input" }, grouped ? null : el("label", { for: id }, name), input, hint, problem);
}

function element(block, part, screen, act, id) {
  const label = id ? undefined : part.accessibility_label || part.placeholder?.text || part.action_id;
  const held = act.value(block, part);
  const common = { id, "aria-label": label };
  const changed = (value) => act.pick(block, part, value);
  switch (part.type) {
    case "button":
      return el("button", {
        type: "button", class: part.style, "aria-label": part.accessibility_label,
        onclick: () => act.press(block, part),
      }, part.text.text);
    case "image": return picture(part);
    case "overflow":
      return el("details", { class: "menu" },
        el("summary", { "aria-label": "More actions" }, "⋯"),
        el("div", {}, ...part.options.map((option) => el("button", {
          type: "button",
          onclick: (event) => { event.target.closest("details").open = false; changed(option.value); },
        }, option.text.text))));
    case "static_select": case "multi_static_select":
      return choice(part, common, listed(part), held, changed);
    case "users_select": case "multi_users_select":
      return choice(part, common, screen.people.filter((each) => !each.is_bot && !each.deleted)
        .map((each) => ({ value: each.id, text: each.real_name })), held, changed);
    case "channels_select": case "conversations_select": case "multi_channels_select": case "multi_conversations_select":
      return choice(part, common, screen.conversations.filter((each) => each.kind === "channel")
        .map((each) => ({ value: each.id, text: "#" + each.name })), held, changed);
    case "external_select": case "multi_external_select": return external(block, part, common, held, act, changed);
    case "checkboxes": case "radio_buttons": return boxes(block, part, screen, held, label, changed);
    case "datepicker":
      return el("input", { ...common, type: "date", value: held, onchange: (event) => changed(event.target.value || null) });
    case "timepicker":
      return el("input", { ...common, type: "time", value: held, onchange: (event) => changed(event.target.value || null) });
    case "datetimepicker":
      return el("input", {
        ...common, type: "datetime-local", value: held ? toWall(held, screen.me.tz) : undefined,
        onchange: (event) => changed(event.target.value ? fromWall(event.target.value, screen.me.tz) : null),
      });
    default: return typed(block, part, common, held, act);
  }
}

function typed(block, part, common, held, act) {
  const more = {
    ...common, placeholder: part.placeholder?.text, maxlength: part.max_length ?? 3000,
    oninput: (event) => act.type(block, part, event.target.value),
    onchange: (event) => act.pick(block, part, event.target.value),
  };
  if (part.multiline) {
    const area = el("textarea", { ...more, rows: 3 });
    area.value = held ?? "";
    return area;
  }
  return el("input", { ...more, type: part.type === "number_input" ? "number" : "text", value: held });
}

const listed = (part) => (part.options ?? part.option_groups.flatMap((group) => group.options))
  .map((option) => ({ value: option.value, text: option.text.text }));

function choice(part, common, options, held, changed) {
  const many = MANY.test(part.type);
  const chosen = [held ?? []].flat().map((each) => each.value ?? each);
  const node = el("select", {
    ...common, multiple: many,
    onchange: () => {
      const values = [...node.selectedOptions].map((option) => option.value).filter(Boolean);
      changed(many ? values : values[0] ?? null);
    },
  }, many ? null : el("option", { value: "" }, part.placeholder?.text ?? "Choose"),
  ...options.map((option) => el("option", { value: option.value, selected: chosen.includes(option.value) }, option.text)));
  return node;
}

function external(block, part, common, held, act, changed) {
  const list = el("datalist", { id: `list-${block.block_id}-${part.action_id}` });
  const input = el("input", {
    ...common, list: list.id, placeholder: part.placeholder?.text, autocomplete: "off",
    value: [held ?? []].flat().map((each) => each.text?.text ?? each).join(", "),
    oninput: async () => {
      if (input.value.length < (part.min_query_length ?? 3)) return;
      const offered = await act.suggest(block, part, input.value);
      list.replaceChildren(...offered.map((option) => el("option", { value: option.text.text })));
    },
    onchange: () => changed(input.value || null),
  });
  const both = el("span", {}, input, list);
  both.setAttribute = (name, value) => input.setAttribute(name, value);
  return both;
}

function boxes(block, part, screen, held, label, changed) {
  const many = part.type === "checkboxes";
  const chosen = [held ?? []].flat().map((each) => each.value ?? each);
  const group = el("fieldset", { "aria-label": label }, ...part.options.map((option) => el("label", {},
    el("input", {
      type: many ? "checkbox" : "radio", name: `${block.block_id}-${part.action_id}`, value: option.value,
      checked: chosen.includes(option.value),
      onchange: () => {
        const values = [...group.querySelectorAll("input:checked")].map((input) => input.value);
        changed(many ? values : values[0]);
      },
    }), " ", text(option.text, screen),
    option.description ? el("span", { class: "small" }, " ", text(option.description, screen)) : null)));
  return group;
}

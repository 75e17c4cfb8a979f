// The box below a conversation: Enter sends, / completes commands and @ completes people.
export default {
  template: `
    <div class="box-text">
      <div v-if="offers.length" :id="listId" class="offers" role="listbox" aria-label="Completions">
        <div v-for="(offer, index) in offers" :key="offer.insert" role="option" :id="listId + '-' + index"
          :aria-selected="String(index === at)" @mousedown.prevent="take(offer)" @mousemove="at = index">
          <b>{{ offer.name }}</b> <span>{{ offer.usage }}</span><small>{{ offer.about }}</small>
        </div>
      </div>
      <div v-if="hint" class="box-hint" aria-hidden="true"><span>{{ text }}</span>{{ hint }}</div>
      <textarea ref="text" id="message-box" rows="1" :aria-label="label" :placeholder="placeholder" aria-autocomplete="list"
        :aria-controls="offers.length ? listId : null" autocomplete="off" spellcheck="false" data-key="box"
        :aria-activedescendant="offers.length ? listId + '-' + at : null"
        v-model="text" @input="look" @keydown="key" @blur="offers = []" @click="look"></textarea>
      <button type="button" class="send" aria-label="Send" title="Send" :disabled="!text.trim()" @click="send">
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2 3l16 7-16 7 3-7zM5 10h7" /></svg>
      </button>
    </div>`,
  props: {
    label: String, placeholder: String, place: String,
    commands: { type: Array, default: () => [] },
    people: { type: Array, default: () => [] },
  },
  emits: ["send"],
  data: () => ({ text: "", offers: [], at: 0, from: 0, drafts: {}, shownPlace: null }),
  computed: {
    listId() {
      return this.$el?.id ? `${this.$el.id}-offers` : "box-offers";
    },
    hint() {
      const command = this.commands.find((each) => this.text === each.name + " ");
      return command ? command.usage : "";
    },
  },
  mounted() {
    this.shownPlace = this.place;
  },
  watch: {
    place(place) {
      this.drafts[this.shownPlace] = this.text;
      this.shownPlace = place;
      this.put(this.drafts[place] ?? "");
    },
  },
  methods: {
    look() {
      this.grow();
      const before = this.text.slice(0, this.$refs.text.selectionStart);
      const found = before.match(/(^\/\S*|(?:^|\s)@[\w.-]*)$/);
      this.at = 0;
      this.offers = [];
      if (!found) return;
      const typed = found[0].trimStart().toLowerCase();
      this.from = before.length - typed.length;
      const all = typed.startsWith("/")
        ? this.commands.map((each) => ({ ...each, insert: each.name + " " }))
        : this.people.map((each) => ({ name: each.real_name, usage: "@" + each.name, about: each.about, insert: `@${each.name} ` }));
      this.offers = all.filter((each) =>
        each.insert.toLowerCase().startsWith(typed) || each.name.toLowerCase().startsWith(typed.slice(1)));
    },
    grow() {
      this.$nextTick(() => {
        const area = this.$refs.text;
        area.style.height = "auto";
        area.style.height = `${Math.min(area.scrollHeight, 200)}px`;
      });
    },
    put(text) {
      this.text = text;
      this.offers = [];
      this.grow();
    },
    take(offer) {
      const caret = this.$refs.text.selectionStart;
      const after = this.text.slice(caret).trimStart();
      const before = this.text.slice(0, this.from) + offer.insert;
      this.put(before + after);
      this.$nextTick(() => {
        this.$refs.text.focus();
        this.$refs.text.setSelectionRange(before.length, before.length);
      });
    },
    write(text) {
      this.put(text);
      this.$nextTick(() => {
        this.$refs.text.focus();
        this.$refs.text.setSelectionRange(text.length, text.length);
      });
    },
    send() {
      const text = this.text.trim();
      if (!text) return;
      this.$emit("send", text);
      this.put("");
      this.$refs.text.focus();
    },
    key(event) {
      if (event.isComposing) return;
      if (this.offers.length) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
          event.preventDefault();
          this.at = (this.at + step + this.offers.length) % this.offers.length;
          return;
        }
        const typed = this.text.slice(this.from, this.$refs.text.selectionStart);
        const whole = this.offers[this.at].insert.trim() === typed;
        if (event.key === "Tab" || (event.key === "Enter" && !whole)) {
          event.preventDefault();
          this.take(this.offers[this.at]);
          return;
        }
        if (event.key === "Escape") {
          event.preventDefault();
          this.offers = [];
          return;
        }
      }
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.send();
      }
    },
  },
};

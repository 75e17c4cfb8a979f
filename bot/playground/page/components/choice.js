// A searchable choice of one or several, for people, channels and options that the app looks up.
export default {
  template: `
    <div class="choice" ref="root" @focusout="left">
      <span v-for="each in chosen" :key="each.value" class="token">{{ each.text }}
        <button type="button" :aria-label="'Remove ' + each.text" @click="drop(each)">×</button></span>
      <input ref="text" type="text" role="combobox" aria-autocomplete="list" autocomplete="off" :id="field"
        :aria-label="label || null" :aria-expanded="String(open)" :aria-controls="open ? listId : null"
        :aria-describedby="described || null" :aria-invalid="invalid ? 'true' : null" :data-key="focus"
        :aria-activedescendant="open && shown.length ? listId + '-' + at : null"
        :placeholder="chosen.length ? '' : placeholder" v-model="text" :autofocus="first || null"
        @input="look" @click="look" @keydown="key" />
      <div v-if="open && shown.length" :id="listId" role="listbox" class="offers" :aria-label="label || placeholder || 'Choices'">
        <div v-for="(each, index) in shown" :key="each.value" role="option" :id="listId + '-' + index"
          :aria-selected="String(index === at)" @mousedown.prevent="take(each)" @mousemove="at = index">{{ each.text }}</div>
      </div>
      <div v-else-if="open && text" class="offers none" role="status">Nothing found</div>
    </div>`,
  props: {
    field: String, label: String, placeholder: String, focus: String, described: String, invalid: Boolean,
    first: Boolean, many: Boolean, remote: Boolean, least: { type: Number, default: 0 },
    options: { type: Array, default: () => [] },
    initial: { type: Array, default: () => [] },
  },
  emits: ["pick", "query"],
  data: () => ({ text: "", open: false, at: 0, chosen: [] }),
  created() {
    this.chosen = [...this.initial];
  },
  computed: {
    listId() {
      return `${this.field}-list`;
    },
    shown() {
      const typed = this.text.toLowerCase();
      const taken = new Set(this.chosen.map((each) => each.value));
      const fits = (each) => this.remote || each.text.toLowerCase().includes(typed);
      return this.options.filter((each) => fits(each) && !taken.has(each.value));
    },
  },
  methods: {
    look() {
      this.at = 0;
      this.open = !this.remote || this.text.length >= this.least;
      if (this.remote && this.open) this.$emit("query", this.text);
    },
    take(each) {
      this.chosen = this.many ? [...this.chosen, each] : [each];
      this.text = "";
      this.open = false;
      this.tell();
    },
    drop(each) {
      this.chosen = this.chosen.filter((other) => other.value !== each.value);
      this.$refs.text.focus();
      this.tell();
    },
    tell() {
      this.$emit("pick", this.chosen.map((each) => each.value));
    },
    left(event) {
      if (!this.$refs.root.contains(event.relatedTarget)) this.open = false;
    },
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !this.open) {
        event.preventDefault();
        this.look();
      } else if (step && this.shown.length) {
        event.preventDefault();
        this.at = (this.at + step + this.shown.length) % this.shown.length;
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (this.open && this.shown.length) this.take(this.shown[this.at]);
      } else if (event.key === "Escape" && this.open) {
        event.preventDefault();
        event.stopPropagation();
        this.open = false;
      } else if (event.key === "Backspace" && !this.text && this.chosen.length) {
        this.drop(this.chosen.at(-1));
      }
    },
  },
};

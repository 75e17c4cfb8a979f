// A button with a menu, as the ARIA Authoring Practices describe it.
export default {
  template: `
    <span class="menu" ref="root" @keydown="key" @focusout="left">
      <button type="button" class="menu-button" ref="button" :class="look" :aria-label="label || null"
        :title="label || null" aria-haspopup="menu" :aria-expanded="String(open)" :data-key="focus || null"
        @click="open ? close() : show(0)">{{ shown }}</button>
      <span v-if="open" role="menu" class="menu-list" :class="{ up }" :aria-label="label || shown">
        <button v-for="(item, index) in items" :key="index" type="button" role="menuitem" tabindex="-1"
          @click="pick(item)"><span>{{ item.text }}</span><small v-if="item.about">{{ item.about }}</small></button>
      </span>
    </span>`,
  props: {
    shown: String, label: String, look: String, focus: String, up: Boolean,
    items: { type: Array, default: () => [] },
  },
  emits: ["pick"],
  data: () => ({ open: false }),
  methods: {
    entries() {
      return [...this.$refs.root.querySelectorAll("[role=menuitem]")];
    },
    async show(index) {
      this.open = true;
      await this.$nextTick();
      this.entries().at(index)?.focus();
    },
    close(focus = true) {
      this.open = false;
      if (focus) this.$refs.button.focus();
    },
    pick(item) {
      this.close();
      this.$emit("pick", item.value);
    },
    left(event) {
      if (!this.$refs.root.contains(event.relatedTarget)) this.open = false;
    },
    key(event) {
      if (!this.open) {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          this.show(event.key === "ArrowDown" ? 0 : -1);
        }
        return;
      }
      const entries = this.entries();
      const at = entries.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        entries.at(to % entries.length)?.focus();
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      } else if (event.key === "Tab") {
        this.close();
      }
    },
  },
};

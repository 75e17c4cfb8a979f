// A container that keeps what a person is doing while the server changes its content: the focus
// goes back to what took the place of the focused thing, and a reader at the end stays at the end.
const AT_THE_END = 60;

export default {
  template: `<component :is="tag" ref="root" @focusin="remember" @scroll.passive="look"><slot></slot></component>`,
  props: { tag: { type: String, default: "div" }, follow: Boolean, place: String },
  data: () => ({ atEnd: true, keys: [], shownPlace: null }),
  mounted() {
    this.shownPlace = this.place;
    this.settle();
    if (!this.follow) return;
    this.sizes = new ResizeObserver(() => this.settle());
    this.sizes.observe(this.$refs.root);
    for (const child of this.$refs.root.children) this.sizes.observe(child);
  },
  unmounted() {
    this.sizes?.disconnect();
  },
  updated() {
    if (this.place !== this.shownPlace) {
      this.shownPlace = this.place;
      this.atEnd = true;
    }
    this.restore();
    this.settle();
  },
  methods: {
    look() {
      if (this.settling) return; // the content moved, not the reader
      const root = this.$refs.root;
      this.atEnd = root.scrollHeight - root.scrollTop - root.clientHeight < AT_THE_END;
    },
    settle() {
      if (!this.follow || !this.atEnd) return;
      this.settling = true;
      this.$nextTick(() => requestAnimationFrame(() => {
        this.settling = false;
        const root = this.$refs.root;
        if (root && this.atEnd) root.scrollTop = root.scrollHeight;
      }));
    },
    remember(event) {
      this.keys = [];
      for (let node = event.target; node && node !== this.$refs.root; node = node.parentElement) {
        if (node.dataset?.key) this.keys.push(node.dataset.key);
      }
    },
    restore() {
      if (document.activeElement && document.activeElement !== document.body) return;
      for (const key of this.keys) {
        const found = this.$refs.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
        if (!found) continue;
        found.focus({ preventScroll: true });
        if (document.activeElement === found) return;
      }
    },
    reveal(key) {
      const found = this.$refs.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!found) return;
      this.atEnd = false;
      found.scrollIntoView({ block: "center" });
      found.focus({ preventScroll: true });
      found.classList.add("linked");
    },
  },
};

// A native modal dialog: the browser keeps the focus inside and gives it back.
export default {
  template: `<dialog ref="root" @cancel.prevent="$emit('leave')" @click="outside"><slot></slot></dialog>`,
  emits: ["leave"],
  mounted() {
    this.$refs.root.showModal();
  },
  beforeUnmount() {
    this.$refs.root.close();
  },
  methods: {
    outside(event) {
      if (event.target !== this.$refs.root) return;
      const box = this.$refs.root.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right
        && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) this.$emit("leave");
    },
  },
};

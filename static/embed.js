// <interleave-lab>: a lab of Interleave inside any page.
//
//   <script async src="https://…/embed.js"></script>
//   <interleave-lab lab="event-loop" preset="phases" at="12" theme="auto">
//     <a href="https://…/labs/event-loop/">Open the lab</a>
//   </interleave-lab>
//
// A classic script: as a module it would ask its host for a header (CORS) that not every host sends.
//
// What the element holds is shown until the lab is there, and stays for readers without JavaScript.
//   lab       which one; "event-loop"
//   preset    the program it opens with
//   at        the step it opens at, from 1
//   scenario  a program of your own: what follows "s=" in a shared link; wins over preset
//   theme     auto, light or dark; may change at any time
//   label     the frame's title for screen readers
(() => {
  const VERSION = 1;
  // As a module, where the host allows it, it finds itself by its name.
  const script = document.currentScript ?? document.querySelector("script[src$='/embed.js']");
  const SITE = new URL(".", script.src);
  const THEMES = ["auto", "light", "dark"];

  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) entry.target.open();
      }
    },
    { rootMargin: "300px" },
  );

  class InterleaveLab extends HTMLElement {
    static observedAttributes = ["lab", "preset", "at", "scenario", "theme", "label"];
    #frame = null;

    connectedCallback() {
      addEventListener("message", this);
      near.observe(this);
    }

    disconnectedCallback() {
      removeEventListener("message", this);
      near.unobserve(this);
      this.#frame = null;
      this.shadowRoot?.replaceChildren();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#frame || before === now) return;
      if (name === "theme") this.#send({ type: "theme", theme: this.#theme });
      else if (name === "label") this.#frame.title = this.#title;
      else this.#frame.src = this.#address;
    }

    // Called when the element comes near the visible part of the page.
    open() {
      near.unobserve(this);
      if (this.#frame) return;
      const frame = document.createElement("iframe");
      frame.title = this.#title;
      frame.loading = "lazy";
      frame.allow = "clipboard-write";
      frame.src = this.#address;
      // The host's style sheets do not reach in here; CSSOM, because its policy may forbid style attributes.
      Object.assign(frame.style, { display: "block", width: "100%", height: "640px", border: "0", colorScheme: "auto" });
      this.#frame = frame;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      // The fallback is shown by the slot until the lab says how high it is: that is its first sign of life.
      frame.style.position = "absolute";
      frame.style.visibility = "hidden";
      root.replaceChildren(frame, document.createElement("slot"));
      this.style.display = "block";
    }

    handleEvent({ source, origin, data }) {
      const ours = this.#frame && source === this.#frame.contentWindow && origin === SITE.origin;
      if (!ours || data?.interleave !== VERSION || data.type !== "height" || !(data.height > 0)) return;
      const { style } = this.#frame;
      if (style.position) {
        style.position = style.visibility = "";
        this.shadowRoot.querySelector("slot").remove();
        this.#send({ type: "theme", theme: this.#theme });
      }
      style.height = `${Math.min(data.height, 10_000)}px`;
    }

    get #theme() {
      return THEMES.includes(this.getAttribute("theme")) ? this.getAttribute("theme") : "auto";
    }

    get #title() {
      return this.getAttribute("label") ?? `Interleave lab: ${this.getAttribute("lab") ?? "event-loop"}`;
    }

    get #address() {
      const lab = encodeURIComponent(this.getAttribute("lab") ?? "event-loop");
      const address = new URL(`embed/${lab}/`, SITE);
      for (const [parameter, attribute] of [["preset", "preset"], ["at", "at"], ["s", "scenario"]]) {
        if (this.hasAttribute(attribute)) address.searchParams.set(parameter, this.getAttribute(attribute));
      }
      address.searchParams.set("theme", this.#theme);
      return address.href;
    }

    #send(message) {
      this.#frame.contentWindow?.postMessage({ interleave: VERSION, ...message }, SITE.origin);
    }
  }

  if (!customElements.get("interleave-lab")) customElements.define("interleave-lab", InterleaveLab);
})();

// The inside of an embed: tells the host page how high the lab is, and follows its theme.
//
// Messages carry the version of this little protocol, `interleave: 1`; other messages are someone else's.
const VERSION = 1;

if (window.parent !== window) {
  // The body fills the frame whatever is in it, so the lab is measured, with as much room below as there is above.
  const lab = document.querySelector("[data-lab]");
  const tell = () => {
    const { top, bottom } = lab.getBoundingClientRect();
    const height = Math.ceil(bottom + scrollY + Math.max(0, top + scrollY));
    // The height of a lab is no secret, so any host may hear it.
    window.parent.postMessage({ interleave: VERSION, type: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(lab);
  tell();

  addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.interleave !== VERSION || data.type !== "theme") return;
    dispatchEvent(new CustomEvent("interleave-theme", { detail: data.theme }));
  });
}

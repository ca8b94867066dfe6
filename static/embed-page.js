// The inside of an embed: tells the host page how high the lab is, and follows its theme.
//
// Messages carry the version of this little protocol, `interleave: 1`; other messages are someone else's.
const VERSION = 1;

if (window.parent !== window) {
  // The height of a lab is no secret, so any host may hear it.
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ interleave: VERSION, type: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();

  addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.interleave !== VERSION || data.type !== "theme") return;
    dispatchEvent(new CustomEvent("interleave-theme", { detail: data.theme }));
  });
}

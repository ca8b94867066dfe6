// Starts the app once the text is on the screen, and keeps the site for use without a network.
//
// Trunk writes the script tag: it carries the addresses of the app's JavaScript and Wasm.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

// The first frame shows text and needs none of what follows: leave the network to it.
if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    start();
  }).observe({ type: "paint", buffered: true });
} else {
  requestAnimationFrame(() => setTimeout(start));
}

async function start() {
  try {
    const { default: init } = await import(js);
    await init({ module_or_path: wasm });
    // Some labs have an app of their own, which only their pages name.
    for (const { content } of document.querySelectorAll("meta[name^=interleave-app-]")) {
      const { default: init } = await import(new URL(content, document.baseURI));
      await init();
    }
    document.documentElement.dataset.app = "running";
  } catch (error) {
    // Labs stay as they were printed: readable, and honest about being still.
    document.documentElement.dataset.app = "failed";
    for (const lab of document.querySelectorAll("[data-lab]")) {
      const message = document.createElement("p");
      message.setAttribute("role", "status");
      message.className = "boot-failed";
      message.textContent = `The lab could not start (${error}). The text works without it. Reload the page to try again.`;
      lab.before(message);
    }
    console.error(error);
  }
  keepForOffline();
}

async function keepForOffline() {
  const wanted = document.querySelector("meta[name=interleave-offline]");
  // Inside someone else's page the browser would keep a second copy, for that page alone.
  if (!wanted || window.parent !== window || !navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", document.baseURI));
    const { active } = await navigator.serviceWorker.ready;
    // The engines are large. Whoever asked for less data gets each when it is first used.
    if (!navigator.connection?.saveData) {
      const idle = window.requestIdleCallback ?? setTimeout;
      idle(() => active.postMessage("keep the rest"));
    }
  } catch (error) {
    console.info("The site will not work without a network:", error);
  }
}

// Starts the application, and makes the page work offline.
import init from "countersign-bindings";

// index.html names the module once, and has the browser fetch it while this script is still being read.
const module = document.querySelector('link[rel="preload"][as="fetch"]');

try {
  await init({ module_or_path: module.href });
} catch (error) {
  console.error(error);
  explain(error);
}

if (document.readyState === "complete") {
  keepOffline();
} else {
  addEventListener("load", keepOffline, { once: true });
}

function explain(error) {
  const place = document.createElement("div");
  place.className = "shell shell--failed";
  place.setAttribute("role", "alert");
  place.append(
    paragraph("en", "Countersign could not start. It needs a current browser with WebAssembly. Reload the page to try again."),
    paragraph("ja", "Countersign を起動できませんでした。WebAssembly に対応した最新のブラウザーが必要です。ページを再読み込みしてください。"),
    paragraph("en", String(error)),
  );
  document.getElementById("app").replaceChildren(place);
}

function paragraph(language, text) {
  const element = document.createElement("p");
  element.lang = language;
  element.textContent = text;
  return element;
}

function keepOffline() {
  // Where the browser has no service workers (some private windows), the page works online only.
  if (!("serviceWorker" in navigator) || !isSecureContext) {
    return;
  }
  const name = "./sw.js";
  // The one script that is ever loaded by name: nothing else passes the page's Content-Security-Policy.
  const policy = globalThis.trustedTypes?.createPolicy("countersign", {
    createScriptURL: (url) => {
      if (url !== name) {
        throw new TypeError(`not a script of this page: ${url}`);
      }
      return url;
    },
  });
  navigator.serviceWorker
    .register(policy ? policy.createScriptURL(name) : name, { updateViaCache: "none" })
    .catch((error) => console.warn("Countersign will not work offline:", error));
}

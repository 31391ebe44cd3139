// Goes on with a linking code once the person says so; the code leaves the address at once.

const yes = document.getElementById("yes");
const notice = document.getElementById("notice");
const { code, failed } = yes.dataset;

history.replaceState(null, "", "/");

async function join() {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ code });
  // Older browsers say who they are only where a referrer may be told.
  const answer = await fetch("/chat/join", { method: "POST", headers, body, referrerPolicy: "same-origin" });
  if (answer.ok) location.replace("/");
  else notice.textContent = (await answer.json()).detail;
}

yes.addEventListener("click", async () => {
  yes.disabled = true;
  notice.textContent = "";
  await join().catch(() => (notice.textContent = failed));
  yes.disabled = false;
});

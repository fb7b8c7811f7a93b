// The wall: asks for itself again every minute, and says so where the portal does not answer.
const wall = document.getElementById("wall");

function renew() {
  if (document.hidden) return;
  window.htmx.ajax("GET", location.pathname + location.search, { target: "#wall", swap: "innerMorph" });
}

if (wall) setInterval(renew, Number(wall.dataset.seconds) * 1000);

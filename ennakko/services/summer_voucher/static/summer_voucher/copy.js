// SPDX-License-Identifier: EUPL-1.2
// A button that copies the number; without scripts the number is selected whole with one tap.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach(function (place) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "hds-button hds-button--secondary hds-button--small";
    button.textContent = place.dataset.copy;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(place.textContent.trim()).then(function () {
        button.textContent = place.dataset.copied;
        document.getElementById("announcements").textContent = place.dataset.copied;
      });
    });
    place.after(button);
  });
})();

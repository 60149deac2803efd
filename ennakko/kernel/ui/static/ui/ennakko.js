// SPDX-License-Identifier: EUPL-1.2
// Every page works without this file. It only sharpens: focus on errors, keys in queues, counting the chosen rows.
(function () {
  "use strict";

  function focusSummary(root) {
    var summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  function rows() {
    return Array.prototype.slice.call(document.querySelectorAll("table[data-keys] tbody tr"));
  }

  function move(step) {
    var all = rows();
    if (!all.length) return;
    var here = all.indexOf(document.activeElement && document.activeElement.closest("tr"));
    var next = all[Math.min(all.length - 1, Math.max(0, here + step))];
    // The link first: Enter on it opens the row, Enter on a checkbox would send the form.
    var target = next.querySelector("a") || next.querySelector("input");
    if (target) target.focus();
  }

  function count() {
    document.querySelectorAll("[data-chosen-count]").forEach(function (place) {
      var form = place.closest("form");
      place.textContent = form ? form.querySelectorAll("tbody input[type=checkbox]:checked").length : 0;
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
    if (event.key === "x") {
      var row = event.target.closest("tr");
      var box = row && row.querySelector("input[type=checkbox]");
      if (box) { box.checked = !box.checked; count(); }
    }
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-choose-all]")) {
      event.target.closest("form").querySelectorAll("tbody input[type=checkbox]").forEach(function (box) {
        box.checked = event.target.checked;
      });
    }
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
    count();
  });

  document.addEventListener("htmx:after:swap", function () { focusSummary(document); });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  focusSummary(document);
  count();
})();

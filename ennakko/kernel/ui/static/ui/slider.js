// SPDX-License-Identifier: EUPL-1.2
// A slider beside a number: the number alone is enough, so without scripts nothing is missing.
for (const number of document.querySelectorAll("input[data-slider]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  for (const name of ["min", "max", "step"]) if (number[name]) slider[name] = number[name];
  slider.value = number.value || number.min;
  const label = number.labels[0];
  if (label) slider.setAttribute("aria-label", label.textContent.trim());
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", () => { slider.value = number.value; });
  (number.closest(".hds-text-input__input-wrapper") || number).after(slider);
}

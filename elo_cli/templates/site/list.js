"use strict";
(function () {
  var form = document.getElementById("narrow");
  var field = document.getElementById("words");
  var told = document.getElementById("left");
  var rows = Array.prototype.slice.call(document.querySelectorAll("#rows tbody tr"));
  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }
  var texts = rows.map(function (row) { return plain(row.textContent); });
  function narrow() {
    var words = plain(field.value).split(/\s+/).filter(Boolean);
    var number = 0;
    rows.forEach(function (row, place) {
      var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      row.hidden = !fits;
      number += fits ? 1 : 0;
    });
    told.textContent = told.getAttribute("data-text").replace("{n}", String(number));
  }
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); narrow(); });
  field.addEventListener("input", narrow);
  narrow();
})();

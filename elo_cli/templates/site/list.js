"use strict";
(function () {
  var table = document.getElementById("rows"), box = document.getElementById("narrow");
  if (!table || !box) { return; }
  var body = table.tBodies[0], rows = Array.from(body.rows);
  var field = document.getElementById("words"), told = document.getElementById("left");
  var collator = new Intl.Collator(table.dataset.language, { numeric: true });
  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }
  var texts = rows.map(function (row) { return plain(row.textContent); });
  function narrow() {
    var words = plain(field.value).split(/\s+/).filter(Boolean), number = 0;
    rows.forEach(function (row, place) {
      row.hidden = !words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      number += row.hidden ? 0 : 1;
    });
    told.textContent = told.dataset.text.replace("{n}", number);
  }
  function key(row, column) {
    var cell = row.cells[column];
    return cell.dataset.order || cell.textContent.trim();
  }
  function order(head, column) {
    var falling = head.getAttribute("aria-sort") === "ascending";
    Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    rows.slice().sort(function (one, other) {
      var first = key(one, column), second = key(other, column);
      // What is not stated stays last either way.
      var none = Number(first === "~" || first === "–") - Number(second === "~" || second === "–");
      return none || collator.compare(first, second) * (falling ? -1 : 1);
    }).forEach(function (row) { body.append(row); });
  }
  Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "order";
    button.setAttribute("aria-label", table.dataset.sort.replace("{column}", head.textContent.trim()));
    button.addEventListener("click", function () { order(head, column); });
    head.append(" ", button);
  });
  box.hidden = false;
  field.addEventListener("input", narrow);
  narrow();
})();

"use strict";
(function () {
  var form = document.getElementById("search");
  var field = document.getElementById("query");
  var told = document.getElementById("found");
  var items = Array.prototype.slice.call(document.querySelectorAll("#all li"));
  var groups = Array.prototype.slice.call(document.querySelectorAll("#all section"));
  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }
  var texts = items.map(function (item) {
    return plain(item.textContent + " " + (item.getAttribute("data-also") || ""));
  });
  function filter() {
    var words = plain(field.value).split(/\s+/).filter(Boolean);
    var number = 0;
    items.forEach(function (item, place) {
      var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      item.hidden = !fits;
      number += fits ? 1 : 0;
    });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
    told.textContent = told.getAttribute("data-text").replace("{n}", String(number));
  }
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  field.addEventListener("input", filter);
  var asked = /[?&]q=([^&]*)/.exec(location.search);
  if (asked) { field.value = decodeURIComponent(asked[1].replace(/\+/g, " ")); }
  filter();
})();

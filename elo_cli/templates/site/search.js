"use strict";
(function () {
  var MOST = 100;
  var ALONE = { "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss" };
  var texts = window.eloTexts, pages = window.eloPages;
  var box = document.getElementById("search"), field = document.getElementById("query");
  var told = document.getElementById("found"), list = document.getElementById("results"), all = document.getElementById("all");
  if (!texts || !pages) { return; }
  function folded(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
      .replace(/[øđðłæœþß]/g, function (letter) { return ALONE[letter]; });
  }
  // As `elo find` ranks: by id, then by name, then by another text; whole words before parts of words.
  function judged(record, words) {
    var worst = 0;
    for (var i = 0; i < words.length; i += 1) {
      var place = 0;
      while (place < 3 && record[place].indexOf(words[i]) < 0) { place += 1; }
      if (place === 3) { return -1; }
      worst = Math.max(worst, place * 2 + (record[place].split(/[\s-]+/).indexOf(words[i]) < 0 ? 1 : 0));
    }
    return worst;
  }
  function search() {
    var words = folded(field.value).split(/\s+/).filter(Boolean);
    var hits = [];
    texts.forEach(function (record, at) {
      var judgement = words.length ? judged(record, words) : -1;
      var length = judgement > 3 ? 0 : (judgement > 1 ? pages[at][1] : record[0]).length;
      if (judgement >= 0) { hits.push([judgement, length, record[0], at]); }
    });
    hits.sort(function (one, other) {
      return one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : 1);
    });
    list.textContent = "";
    hits.slice(0, MOST).forEach(function (hit) {
      var page = pages[hit[3]];
      var item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = page[0];
      link.textContent = page[1];
      kind.className = "soft small";
      kind.textContent = page[2];
      item.append(link, " ", kind);
      list.append(item);
    });
    list.hidden = !words.length;
    all.hidden = words.length > 0;
    told.textContent = words.length ? told.dataset.text.replace("{n}", hits.length) : "";
    if (hits.length > MOST) { told.textContent += ". " + told.dataset.more.replace("{n}", MOST); }
  }
  box.hidden = false;
  field.addEventListener("input", search);
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { field.value = asked; }
  search();
})();


'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = id => document.getElementById(id);
  const text = n => data.texts[n];
  // letters of the private use area stand for what markup repeats
  data.texts.forEach((t, i) => {
    if (t.startsWith('<') || t.charCodeAt(0) >= 0xE000 && t.charCodeAt(0) < 0xE000 + data.repeated.length) {
      data.texts[i] = t.replace(/[\uE000-\uE0FF]/g, c => data.repeated[c.charCodeAt(0) - 0xE000]);
    }
  });
  const at = {attempt: -1, stop: 0, lang: 'en', level: 'kernel', beside: -1, chapter: -1, playing: false, filter: ''};
  const tries = {};
  let timer = 0;

  const w = key => data.words[at.lang][key];
  const say = (id, key) => { $(id).textContent = w(key); };
  const escape = s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  const time = nanos => (nanos / 1e9).toFixed(6) + ' s';
  const film = () => data.attempts[at.attempt];
  const bad = outcome => outcome !== 'Answered';

  // ---- places: what the address line holds

  const save = () => {
    const hash = at.attempt < 0 ? '' : '#attempt=' + film().id + '&t=' + (film().stops[at.stop][0] / 1e9).toFixed(9);
    history.replaceState(null, '', location.pathname + location.search + hash);
  };
  const load = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const found = data.attempts.findIndex(a => String(a.id) === asked.get('attempt'));
    if (found < 0) { open(-1); return; }
    at.attempt = found;
    at.stop = asked.has('t') ? lastAt(film(), Math.round(parseFloat(asked.get('t')) * 1e9) + 999) : film().decision;
    draw();
  };
  const lastAt = (of, nanos) => {
    let i = 0;
    while (i + 1 < of.stops.length && of.stops[i + 1][0] <= nanos) { i++; }
    return i;
  };
  const open = (attempt, stop) => {
    stopPlaying();
    at.attempt = attempt;
    if (attempt >= 0) { at.stop = stop === undefined ? film().decision : stop; }
    draw();
  };

  // ---- the start page

  const start = () => {
    const most = Math.max(1, ...data.flows.flatMap(r => r.times));
    const spark = times => '<svg width="' + times.length * 4 + '" height="26" role="img" aria-label="' + w('when') + '">'
      + times.map((n, i) => n === 0 ? '' : '<rect class="f-accent" x="' + i * 4 + '" y="' + (26 - Math.max(2, n / most * 26))
        + '" width="3" height="' + Math.max(2, n / most * 26) + '"/>').join('') + '</svg>';
    const rows = [];
    data.flows.forEach(row => {
      const total = data.flows.filter(r => r.flow === row.flow).reduce((n, r) => n + r.count, 0);
      const kinds = row.attempts.length ? row.attempts : [-1];
      kinds.forEach((attempt, i) => rows.push('<tr' + (attempt < 0 ? '' : ' class="go" tabindex="0" data-attempt="' + attempt + '"') + '><td>'
        + escape(row.flow) + '</td><td class="' + (bad(row.outcome) ? 'bad' : 'good') + '">' + row.outcome + '</td><td>'
        + (i ? '' : row.count + ' <span class="faint">' + w('of') + ' ' + total + '</span>') + '</td><td>'
        + (attempt < 0 ? '' : escape(data.attempts[attempt].why[at.lang] || data.attempts[attempt].name)) + '</td><td>'
        + (i ? '' : spark(row.times)) + '</td></tr>'));
    });
    $('start').innerHTML = '<p class="faint">' + escape(data.file) + ', seed ' + data.seed
      + (data.settings.length ? ', ' + data.settings.map(escape).join(', ') : '') + '</p><table><thead><tr><th>' + w('flow') + '</th><th>'
      + w('outcome') + '</th><th>' + w('attempts') + '</th><th>' + w('why') + '</th><th>' + w('when') + '</th></tr></thead><tbody>'
      + rows.join('') + '</tbody></table>';
    $('start').querySelectorAll('tr.go').forEach(row => {
      const go = () => open(+row.dataset.attempt);
      row.addEventListener('click', go);
      row.addEventListener('keydown', e => { if (e.key === 'Enter') { go(); } });
    });
  };

  // ---- one attempt

  const picture = (of, stop) => {
    const narrow = matchMedia('(max-width: 700px)').matches;
    const cut = narrow || at.chapter >= 0 && at.beside >= 0 ? 'phone' : at.level;
    const frames = of.frames[cut + '-' + at.lang] || of.frames['plain-' + at.lang];
    return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' + frames.width + ' ' + frames.height + '"><g transform="scale('
      + frames.scale + ')">' + frames.items[stop].map(text).join('') + '</g></svg>';
  };
  const why = () => {
    const here = film().said[at.lang][film().stops[at.stop][1]];
    const kind = ['', ' nat', ' end'];
    $('why').innerHTML = '<h2>' + escape(text(here.title)) + '</h2><p class="m">' + escape(text(here.packet)) + '</p>'
      + (text(here.verdict) ? '<p class="verdict">' + escape(text(here.verdict)) + '</p>' : '')
      + here.steps.map(step => {
        let told = '<div class="step' + kind[step[2]] + '"><span class="stage">' + escape(text(step[0])) + '</span> ' + escape(text(step[1]));
        for (let i = 3; i < step.length; i += 2) {
          told += '<div class="faint">' + escape(text(step[i])) + (text(step[i + 1]) ? '<code>' + escape(text(step[i + 1])) + '</code>' : '') + '</div>';
        }
        return told + '</div>';
      }).join('');
  };
  const events = () => {
    const seen = new Set();
    const rows = [];
    film().stops.forEach((stop, i) => {
      if (stop[2] || seen.has(stop[1])) { return; }
      seen.add(stop[1]);
      const here = film().said[at.lang][stop[1]];
      const line = text(here.place) + '  ' + text(here.packet).replace(/^\S+ \S+\s+/, '');
      if (at.filter && !line.toLowerCase().includes(at.filter.toLowerCase())) { return; }
      const ended = here.steps.some(step => step[2] === 2);
      rows.push('<li data-stop="' + i + '"' + (film().stops[at.stop][1] === stop[1] ? ' class="on"' : '') + '><span class="t">' + time(stop[0])
        + '</span><span' + (ended ? ' class="bad"' : '') + '>' + escape(line) + '</span></li>');
    });
    $('events').innerHTML = rows.join('') || '<li>' + w('none') + '</li>';
    $('events').querySelectorAll('li[data-stop]').forEach(li => li.addEventListener('click', () => { at.stop = +li.dataset.stop; draw(); }));
    const on = $('events').querySelector('.on');
    // only the list scrolls, never the page
    if (on) { $('events').scrollTop = on.offsetTop - $('events').clientHeight / 2; }
  };
  // places from above to below, hops from left to right in their order
  const lanes = () => {
    const hops = film().stops.map((stop, i) => [stop[1], i, stop[2]]).filter(h => !h[2]);
    const said = film().said[at.lang];
    const places = [...new Set(hops.map(h => text(said[h[0]].place)))];
    const dx = Math.max(9, Math.min(26, 900 / hops.length));
    const x = i => 150 + i * dx;
    const y = h => 16 + places.indexOf(text(said[h[0]].place)) * 22;
    const width = x(hops.length) + 10;
    const height = places.length * 22 + 10;
    $('lanes').innerHTML = '<svg xmlns="http://www.w3.org/2000/svg" width="' + width + '" height="' + height + '">'
      + places.map((p, i) => '<text class="f-faint" x="4" y="' + (20 + i * 22) + '" font-size="12">' + escape(p) + '</text><line class="i-line" x1="140" x2="'
        + width + '" y1="' + (16 + i * 22) + '" y2="' + (16 + i * 22) + '"/>').join('')
      + '<polyline class="i-accent" opacity=".5" points="' + hops.map((h, i) => x(i) + ',' + y(h)).join(' ') + '"/>'
      + hops.map((h, i) => {
        const ended = said[h[0]].steps.some(step => step[2] === 2);
        const on = film().stops[at.stop][1] === h[0];
        return '<circle data-stop="' + h[1] + '" class="f-' + (ended ? 'bad' : 'accent') + '" cx="' + x(i) + '" cy="' + y(h) + '" r="' + (on ? 7 : 4)
          + '"><title>' + escape(text(said[h[0]].packet)) + '</title></circle>';
      }).join('') + '</svg>';
    $('lanes').querySelectorAll('[data-stop]').forEach(c => c.addEventListener('click', () => { at.stop = +c.dataset.stop; draw(); }));
  };
  const files = () => {
    const hop = film().stops[at.stop][1];
    const lit = new Set(film().lit[hop]);
    const near = data.rows.map((row, i) => i).filter(i => [-4, -3, -2, -1, 0, 1, 2, 3, 4].some(d => lit.has(i + d)));
    let last = -1;
    $('file').innerHTML = near.map(i => {
      const row = data.rows[i];
      const gap = last >= 0 && i > last + 1 ? '...\n' : '';
      last = i;
      const line = escape(String(row[1]).padStart(4) + '  ' + row[2]);
      return gap + (lit.has(i) ? '<span class="lit">' + line + '</span>' : line + '\n');
    }).join('') || w('none');
    $('state').textContent = film().state[hop].map(text).join('\n') || w('none');
  };
  const draw = () => {
    document.documentElement.lang = at.lang;
    $('title').textContent = data.title + (at.attempt < 0 ? '' : '  ·  ' + film().name);
    say('b-start', 'start'); say('b-level', 'level'); say('b-language', 'language'); say('b-theme', 'theme');
    say('b-back', 'back'); say('b-forward', 'forward'); say('b-decision', 'decision'); say('b-next', 'nextBad');
    say('l-compare', 'compare'); say('h-events', 'events'); say('h-file', 'file'); say('h-state', 'state'); say('keys', 'keys');
    say('b-lesson', 'lesson'); $('filter').placeholder = w('search');
    $('b-play').textContent = at.playing ? w('pause') : w('play');
    $('b-lesson').hidden = !data.lesson;
    $('legend').textContent = at.chapter < 0 ? '' : w('legend');
    $('start').hidden = at.attempt >= 0;
    $('film').hidden = at.attempt < 0;
    if (at.attempt < 0) {
      start();
    } else {
      const stop = film().stops[at.stop];
      const learns = at.chapter >= 0;
      $('what').innerHTML = escape(film().from) + ' → ' + escape(film().to) + (secret() ? '' : ': <b class="' + (bad(film().outcome) ? 'bad' : 'good') + '">'
        + film().outcome + '</b> ' + (learns ? '' : escape(film().why[at.lang])));
      $('picture').innerHTML = picture(film(), at.stop);
      $('picture').querySelectorAll('[data-hop]').forEach(sign => sign.addEventListener('click', () => {
        const found = film().stops.findIndex(s => String(s[1]) === sign.dataset.hop && !s[2]);
        if (found >= 0) { at.stop = found; draw(); }
      }));
      $('seek').max = film().stops.length - 1;
      $('seek').value = at.stop;
      $('clock').textContent = time(stop[0]);
      const other = data.attempts[at.beside];
      $('pane2').hidden = !other;
      if (other) {
        // a chapter's own two moments beside each other; else one clock: as long after its beginning
        const own = at.chapter >= 0 && at.besideStop !== undefined && at.stop === at.from;
        $('picture2').innerHTML = picture(other, own ? at.besideStop : lastAt(other, other.stops[0][0] + stop[0] - film().stops[0][0]));
      }
      $('compare').innerHTML = ['<option value="-1">' + w('none') + '</option>'].concat(data.attempts.map((a, i) =>
        '<option value="' + i + '"' + (i === at.beside ? ' selected' : '') + '>' + escape(a.name + ' ' + a.outcome + (a.under ? ' · ' + a.under : '')) + '</option>')).join('');
      // what differs between the two stands below them
      const caption = a => other ? a.flow + ': ' + a.outcome + (a.under ? ' · ' + a.under : '') : a.under || '';
      $('under').textContent = caption(film());
      $('under2').textContent = other ? caption(other) : '';
      why(); events(); lanes(); files();
    }
    lesson();
    save();
  };

  // ---- the lesson

  const lesson = () => {
    $('lesson').hidden = at.chapter < 0;
    document.body.classList.toggle('learns', at.chapter >= 0);
    document.body.classList.toggle('secret', secret());
    if (at.chapter < 0) { return; }
    const chapters = data.lesson.chapters;
    const chapter = chapters[at.chapter];
    const t = x => escape(x[at.lang]).replace(/\n\n/g, '</p><p>').replace(/`([^`]*)`/g, '<code>$1</code>');
    let html = '<p class="faint">' + t(data.lesson.title) + ' · ' + (at.chapter + 1) + ' ' + w('of') + ' ' + chapters.length + '</p><h2>'
      + t(chapter.title) + '</h2><p>' + t(chapter.text) + '</p>';
    if (chapter.terms) {
      html += '<p class="faint">' + w('terms') + '</p><dl>' + chapter.terms.map(x => '<dt>' + t(x[0]) + '</dt><dd>' + t(x[1]) + '</dd>').join('') + '</dl>';
    }
    if (chapter.table) {
      html += '<table>' + chapter.table.map((row, i) => '<tr>' + row.map(c => (i ? '<td>' : '<th>') + t(c)).join('') + '</tr>').join('') + '</table>';
    }
    if (chapter.question) {
      const given = tries[at.chapter] || [];
      html += '<p><b>' + t(chapter.question.text) + '</b></p>' + chapter.question.answers.map((a, i) => {
        const shown = a.right ? isDone(at.chapter) : given.includes(i);
        return '<button class="answer' + (shown ? a.right ? ' good' : ' bad' : '') + '" data-answer="' + i + '">'
          + (shown ? a.right ? '✓ ' : '✖ ' : '') + t(a.text) + '</button>';
      }).join('');
      if (given.length) {
        const a = chapter.question.answers[given[given.length - 1]];
        html += '<p class="reply ' + (a.right ? 'good' : 'bad') + '">' + t(a.reply) + (isDone(at.chapter) ? '' : ' ' + w('again')) + '</p>';
      }
    }
    if (at.chapter === chapters.length - 1) {
      const asked = chapters.map((c, i) => i).filter(i => chapters[i].question);
      html += '<p id="mark">' + w('mark') + ' <b>' + asked.reduce((n, i) => n + points(i), 0) + ' / ' + 2 * asked.length + '</b></p>';
    }
    $('lesson').innerHTML = html + '<p><button id="b-before">‹</button> <button id="b-after">›</button> <button id="b-close">×</button></p>';
    $('lesson').querySelectorAll('[data-answer]').forEach(b => b.addEventListener('click', () => { 
      const given = tries[at.chapter] = tries[at.chapter] || [];
      given.push(+b.dataset.answer);
      if (isDone(at.chapter)) { turn(0); } else { lesson(); }
    }));
    $('b-before').addEventListener('click', () => turn(-1));
    $('b-after').addEventListener('click', () => turn(1));
    $('b-close').addEventListener('click', () => { at.chapter = -1; at.beside = -1; draw(); });
  };
  // a question has two tries: two points for a right first one, one for a right second one
  const points = chapter => {
    const given = (tries[chapter] || []).slice(0, 2);
    const right = given.findIndex(i => data.lesson.chapters[chapter].question.answers[i].right);
    return right < 0 ? 0 : 2 - right;
  };
  const isDone = chapter => (tries[chapter] || []).length >= 2 || points(chapter) > 0;
  const secret = () => at.chapter >= 0 && !!data.lesson.chapters[at.chapter].hidden && !isDone(at.chapter);
  const stopOf = scene => scene.hop === undefined ? undefined : data.attempts[scene.attempt].stops.findIndex(s => s[1] === scene.hop);
  const turn = by => {
    at.chapter = Math.min(data.lesson.chapters.length - 1, Math.max(0, at.chapter + by));
    const chapter = data.lesson.chapters[at.chapter];
    const beside = chapter.beside;
    at.beside = beside && beside.attempt !== undefined ? beside.attempt : -1;
    at.besideStop = at.beside < 0 ? undefined : stopOf(beside);
    at.level = 'plain';
    if (chapter.attempt === undefined) { draw(); return; }
    let stop = stopOf(chapter);
    // what a hidden hop does is shown once the question is answered: until then the one before it
    if (secret() && stop > 0) { stop--; }
    at.from = stop;
    open(chapter.attempt, stop);
  };

  // ---- hands

  const stopPlaying = () => { at.playing = false; clearInterval(timer); };
  const play = () => {
    if (at.playing) { stopPlaying(); draw(); return; }
    at.playing = true;
    if (at.stop === film().stops.length - 1) { at.stop = 0; }
    timer = setInterval(() => {
      if (at.stop < film().stops.length - 1) { at.stop++; } else { stopPlaying(); }
      draw();
    }, 280);
    draw();
  };
  const step = by => {
    stopPlaying();
    let next = at.stop;
    do { next += by; } while (next > 0 && next < film().stops.length && film().stops[next][2]);
    at.stop = Math.min(film().stops.length - 1, Math.max(0, next));
    draw();
  };
  const nextBad = () => {
    for (let i = 1; i <= data.attempts.length; i++) {
      const candidate = (Math.max(0, at.attempt) + i) % data.attempts.length;
      if (bad(data.attempts[candidate].outcome)) { open(candidate); return; }
    }
  };
  const theme = () => {
    const dark = document.documentElement.dataset.theme === 'dark';
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  };
  const language = () => { at.lang = at.lang === 'en' ? 'zh' : 'en'; draw(); };
  const level = () => { at.level = at.level === 'plain' ? 'kernel' : 'plain'; draw(); };
  $('b-start').addEventListener('click', () => open(-1));
  $('b-lesson').addEventListener('click', () => { at.chapter = at.chapter < 0 ? 0 : -1; if (at.chapter < 0) { draw(); } else { turn(0); } });
  $('b-level').addEventListener('click', level);
  $('b-language').addEventListener('click', language);
  $('b-theme').addEventListener('click', theme);
  $('b-play').addEventListener('click', play);
  $('b-back').addEventListener('click', () => step(-1));
  $('b-forward').addEventListener('click', () => step(1));
  $('b-decision').addEventListener('click', () => open(at.attempt));
  $('b-next').addEventListener('click', nextBad);
  $('seek').addEventListener('input', () => { stopPlaying(); at.stop = +$('seek').value; draw(); });
  $('compare').addEventListener('change', () => { at.beside = +$('compare').value; draw(); });
  $('filter').addEventListener('input', () => { at.filter = $('filter').value; events(); });
  document.addEventListener('keydown', e => {
    if (/INPUT|SELECT|TEXTAREA/.test(e.target.tagName) && e.target.type !== 'range' || e.ctrlKey || e.metaKey || e.altKey) { return; }
    const onFilm = at.attempt >= 0;
    const keys = {d: nextBad, z: language, t: theme, l: level, Escape: () => open(-1)};
    if (at.chapter >= 0) { Object.assign(keys, {PageDown: () => turn(1), PageUp: () => turn(-1)}); }
    if (secret()) { ['d', 'l', 'Escape'].forEach(k => { delete keys[k]; }); }
    if (onFilm && !secret()) {
      Object.assign(keys, {' ': play, ArrowRight: () => step(1), ArrowLeft: () => step(-1),
        Home: () => open(at.attempt, 0), End: () => open(at.attempt, film().stops.length - 1)});
    }
    const act = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (act && !(e.key === ' ' && e.target.tagName === 'BUTTON')) { e.preventDefault(); act(); }
  });
  addEventListener('hashchange', load);
  matchMedia('(max-width: 700px)').addEventListener('change', draw);
  document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  if ((navigator.language || '').startsWith('zh')) { at.lang = 'zh'; }
  if (matchMedia('(max-width: 900px)').matches) { at.level = 'plain'; }
  load();
})();

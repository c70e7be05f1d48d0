// Filters what the page holds. It adds no content and follows no string of it: only `hidden`, `open` and a count change.
(() => {
  'use strict';

  const form = document.getElementById('filters');
  if (!form) return;
  const search = document.getElementById('text');
  const select = document.getElementById('section');
  const count = document.getElementById('shown');
  const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
  const lower = (node) => node.textContent.toLowerCase();

  // part > block (a section) > group (a sentence) > item, each with the text that stands in it alone.
  const parts = [...document.querySelectorAll('#findings > .part')].map((node) => ({
    node,
    severity: node.dataset.severity,
    details: node.querySelector('details'),
    blocks: [...node.querySelectorAll('.block')].map((block) => ({
      node: block,
      section: block.dataset.section,
      groups: [...block.querySelectorAll('tbody')].map((group) => {
        const said = group.querySelector('.said');
        return {
          node: group,
          text: `${lower(block.querySelector('h3'))} ${lower(said.querySelector('.why'))} ${lower(said.querySelector('.rule'))}`,
          items: [...group.querySelectorAll('.item')].map((row) => {
            const told = row.nextElementSibling;
            const rows = told && told.classList.contains('told') ? [row, told] : [row];
            return { rows, text: [...row.cells, ...rows.slice(1)].map(lower).join(' ') };
          }),
        };
      }),
    })),
  }));
  const total = parts.reduce((sum, part) => sum + part.blocks.reduce(
    (most, block) => most + block.groups.reduce((all, group) => all + group.items.length, 0), 0), 0);

  const say = (found) => {
    const noun = total === 1 ? 'finding' : 'findings';
    count.textContent = found === total ? `${total} ${noun}` : `${found} of ${total} ${noun}`;
  };

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = select.selectedOptions[0];
    const section = chosen && chosen.value !== '' ? chosen.dataset.section : null;
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const filtered = words.length > 0 || section !== null;
    let found = 0;
    for (const part of parts) {
      let inPart = 0;
      const asked = severities.has(part.severity);
      for (const block of part.blocks) {
        let inBlock = 0;
        const wanted = asked && (section === null || section === block.section);
        for (const group of wanted ? block.groups : []) {
          const rest = words.filter((word) => !group.text.includes(word));
          let inGroup = 0;
          for (const item of group.items) {
            const shows = rest.every((word) => item.text.includes(word));
            for (const row of item.rows) row.hidden = !shows;
            if (shows) inGroup += 1;
          }
          group.node.hidden = inGroup === 0;
          inBlock += inGroup;
        }
        block.node.hidden = inBlock === 0;
        inPart += inBlock;
      }
      part.node.hidden = inPart === 0;
      if (part.details) {
        // What the filter finds is shown, and what a reader had folded is folded again after it.
        if (filtered && part.before === undefined) part.before = part.details.open;
        if (filtered) part.details.open = true;
        else if (part.before !== undefined) {
          part.details.open = part.before;
          part.before = undefined;
        }
      }
      found += inPart;
    }
    say(found);
  };

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, total > 1000 ? 120 : 0);
  };
  const clear = () => {
    form.reset();
    apply();
  };

  form.addEventListener('input', soon);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply, 0));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
    if (event.key === '/' && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && (search.value || select.value || boxes.some((box) => !box.checked))) {
      event.preventDefault();
      clear();
    }
  });

  // A link to a folded part opens it; a page that is printed shows all of it.
  const unfold = (hash) => {
    const folded = hash.length > 1 && document.querySelector(`#${CSS.escape(hash.slice(1))} > details`);
    if (folded) folded.open = true;
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) unfold(link.hash);
  });
  addEventListener('beforeprint', () => {
    for (const part of parts) if (part.details) part.details.open = true;
  });

  form.hidden = false;
  apply();
  unfold(location.hash);
})();

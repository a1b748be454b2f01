// Small parts that several views have.

export function made(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

// A choice of views; `options` are pairs of value and words.
export function choice(label, options, value, choose) {
  const select = made('select', {},
    ...options.map(([value, words]) => made('option', { value }, words)))
  select.value = value
  select.addEventListener('change', () => choose(select.value))
  return made('label', {}, made('span', {}, label), select)
}

// Links to the finished file: to open where the browser can, and to save.
export function fileLinks(node, tab) {
  const address = `/files/${encodeURIComponent(tab.product)}/${tab.version}/${encodeURIComponent(tab.file)}`
  if (node.dataset.address === address || !tab.version) return
  node.dataset.address = address
  const save = made('a', { href: address, download: tab.file }, 'Download')
  const open = made('a', { href: address, target: '_blank', rel: 'noopener' }, 'Open')
  node.replaceChildren(...(tab.format === 'pdf' ? [open, save] : [save]))
}

// Where a link leads out of the preview, it opens in a tab of its own.
export const outside = address =>
  /^https?:|^mailto:|^tel:/.test(address) && !address.startsWith(`${location.origin}/`)

// Elements that several views have in common.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

// A labelled list to choose from; `options` are pairs of a value and its text.
export function selection(label, options, value, onChange) {
  const select = element('select', {},
    ...options.map(([value, text]) => element('option', { value }, text)))
  select.value = value
  select.addEventListener('change', () => onChange(select.value))
  return element('label', {}, element('span', {}, label), select)
}

// The address of the finished file of a tab.
export const fileAddress = tab =>
  `/files/${encodeURIComponent(tab.product)}/${tab.version}/${encodeURIComponent(tab.file)}`

// Fills `node` with links to the finished file: to open it where the browser can, and to save it.
export function showFileLinks(node, tab) {
  const address = fileAddress(tab)
  if (node.dataset.address === address || !tab.version) return
  node.dataset.address = address
  const save = element('a', { href: address, download: tab.file }, 'Download')
  const open = element('a', { href: address, target: '_blank', rel: 'noopener' }, 'Open')
  node.replaceChildren(...(tab.format === 'pdf' ? [open, save] : [save]))
}

// Whether a link leads out of the preview.
export const isExternal = address =>
  /^https?:|^mailto:|^tel:/.test(address) && !address.startsWith(`${location.origin}/`)

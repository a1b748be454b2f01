// The view of a PDF: images of its pages, one below the other, each replaced only if it changed.
import { element, selection, showFileLinks } from './elements.js'
import { remember, remembered } from './storage.js'

const widths = [600, 1000, 1600] // the widths of images that the server makes, in pixels
const layouts = [
  ['one', 'One page'], ['two', 'Two pages'], ['whole', 'Whole page'], ['wide', 'Full width'],
]

export class Pages {
  constructor(panel) {
    this.panel = panel
    this.key = panel.id
    this.pages = [] // each: sha256 of its PDF, number there, width, height
    this.position = remembered(`${this.key} position`, null)
    this.layout = remembered(`${this.key} layout`, 'one')
    this.build()
    this.observer = new IntersectionObserver(entries => this.markNear(entries),
      { root: this.scroller, rootMargin: '60% 0px' })
    this.scroller.addEventListener('scroll', () => this.savePosition(), { passive: true })
    new ResizeObserver(() => this.resized()).observe(this.scroller)
  }

  build() {
    this.list = element('ol', { class: 'pages', 'data-layout': this.layout })
    this.scroller = element('div',
      { class: 'scroller', tabindex: 0, 'aria-label': 'Pages', role: 'region' }, this.list)
    this.count = element('span', { class: 'count' })
    this.links = element('span', { class: 'links' })
    const layout = selection('View', layouts, this.layout, value => this.setLayout(value))
    const tools = element('div', { class: 'tools' }, layout, this.count, this.links)
    this.panel.append(tools, this.scroller)
  }

  show(tab, chosen) {
    const wasHidden = this.panel.hidden
    this.panel.hidden = !chosen
    showFileLinks(this.links, tab)
    const reshaped = this.setPages(tab.pages)
    if (chosen && (reshaped || wasHidden)) this.restorePosition()
    this.loadImages()
    this.showCount()
  }

  // Takes new pages; returns whether their number or the size of one has changed.
  setPages(pages) {
    const sizes = list => list.map(([, , width, height]) => `${width}x${height}`).join()
    const reshaped = sizes(pages) !== sizes(this.pages)
    this.pages = pages
    if (!reshaped) return false
    while (this.list.children.length > pages.length) {
      this.observer.unobserve(this.list.lastChild)
      this.list.lastChild.remove()
    }
    while (this.list.children.length < pages.length) {
      this.list.append(element('li'))
      this.observer.observe(this.list.lastChild)
    }
    for (const [index, [, , width, height]] of pages.entries())
      this.list.children[index].style.setProperty('--ratio', `${width} / ${height}`)
    return true
  }

  markNear(entries) {
    for (const { target, isIntersecting } of entries) target.isNear = isIntersecting
    this.loadImages()
  }

  // Loads the image of each page in or near the view whose image is out of date.
  loadImages() {
    if (this.panel.hidden) return
    for (const [index, item] of [...this.list.children].entries()) {
      if (!item.isNear) continue
      const [pdf, number] = this.pages[index]
      const wanted = item.clientWidth * devicePixelRatio
      const width = widths.find(width => width >= 0.85 * wanted) ?? widths.at(-1)
      this.loadImage(item, index, `/pages/${pdf}/${number}/${width}`)
    }
  }

  // The old image stays until the new one can be painted.
  async loadImage(item, index, address, retry = true) {
    if (item.wanted === address) return
    item.wanted = address
    const [, , width, height] = this.pages[index]
    const image = new Image(Math.round(width), Math.round(height))
    image.alt = `Page ${index + 1} of ${this.pages.length}`
    image.src = address
    try {
      await image.decode()
    } catch {
      if (item.wanted !== address) return
      item.wanted = ''
      if (retry) setTimeout(() => this.loadImage(item, index, address, false), 500)
      return
    }
    if (item.wanted === address) item.replaceChildren(image)
  }

  setLayout(layout) {
    this.layout = layout
    remember(`${this.key} layout`, layout)
    this.list.dataset.layout = layout
    this.restorePosition()
    this.loadImages()
  }

  resized() {
    if (this.panel.hidden || !this.pages.length) return
    if (this.scroller.clientWidth !== this.lastWidth) this.restorePosition()
    this.lastWidth = this.scroller.clientWidth
    this.loadImages()
  }

  // The position is a page, and the fraction of it above the upper edge of the view.
  savePosition() {
    if (this.panel.hidden || !this.pages.length) return
    const top = this.scroller.scrollTop
    const items = [...this.list.children]
    const found = items.findIndex(item => item.offsetTop + item.offsetHeight > top)
    const index = found < 0 ? items.length - 1 : found
    const item = items[index]
    this.position = { page: index, fraction: (top - item.offsetTop) / item.offsetHeight }
    remember(`${this.key} position`, this.position)
    this.showCount()
  }

  restorePosition() {
    if (!this.position) return
    const { page, fraction } = this.position
    const item = this.list.children[Math.min(page, this.pages.length - 1)]
    if (item) this.scroller.scrollTop = item.offsetTop + fraction * item.offsetHeight
  }

  showCount() {
    const total = this.pages.length
    const { page, fraction } = this.position ?? { page: 0, fraction: 0 }
    const number = Math.min(fraction > 0.6 ? page + 2 : page + 1, total)
    this.count.textContent = total ? `${number} of ${total}` : 'Building…'
    this.count.classList.toggle('counted', total > 0)
  }
}

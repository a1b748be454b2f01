// A PDF: its pages as pictures, one below the other, each renewed only when it has changed.
import { choice, fileLinks, made } from './parts.js'
import { remember, remembered } from './memory.js'

const widths = [600, 1000, 1600] // as the server has them
const layouts = [
  ['one', 'One page'], ['two', 'Two pages'], ['whole', 'Whole page'], ['wide', 'Full width'],
]

export class Pages {
  constructor(panel) {
    this.panel = panel
    this.key = panel.id
    this.sheets = []
    this.place = remembered(`${this.key} place`, null)
    this.layout = remembered(`${this.key} layout`, 'one')
    this.build()
    this.near = new IntersectionObserver(entries => this.sight(entries),
      { root: this.scroller, rootMargin: '60% 0px' })
    this.scroller.addEventListener('scroll', () => this.scrolled(), { passive: true })
    new ResizeObserver(() => this.resized()).observe(this.scroller)
  }

  build() {
    this.list = made('ol', { class: 'pages', 'data-layout': this.layout })
    this.scroller = made('div', { class: 'scroller', tabindex: 0, 'aria-label': 'Pages', role: 'region' },
      this.list)
    this.count = made('span', { class: 'count' })
    this.links = made('span', { class: 'links' })
    const layout = choice('View', layouts, this.layout, value => this.arrange(value))
    this.panel.append(made('div', { class: 'tools' }, layout, this.count, this.links), this.scroller)
  }

  show(tab, chosen) {
    const was = this.panel.hidden
    this.panel.hidden = !chosen
    fileLinks(this.links, tab)
    const moved = this.take(tab.sheets)
    if (chosen && (moved || was)) this.restore()
    this.renew()
    this.tell()
  }

  // Takes new sheets; returns whether pages have come, gone or changed their form.
  take(sheets) {
    const forms = list => list.map(([, , width, height]) => `${width}x${height}`).join()
    const moved = forms(sheets) !== forms(this.sheets)
    this.sheets = sheets
    if (!moved) return false
    while (this.list.children.length > sheets.length) {
      this.near.unobserve(this.list.lastChild)
      this.list.lastChild.remove()
    }
    while (this.list.children.length < sheets.length) {
      this.list.append(made('li'))
      this.near.observe(this.list.lastChild)
    }
    for (const [index, [, , width, height]] of sheets.entries())
      this.list.children[index].style.setProperty('--form', `${width} / ${height}`)
    return true
  }

  sight(entries) {
    for (const { target, isIntersecting } of entries) target.isNear = isIntersecting
    this.renew()
  }

  // Asks for the picture of each page in sight that has another one now.
  renew() {
    if (this.panel.hidden) return
    for (const [index, page] of [...this.list.children].entries()) {
      if (!page.isNear) continue
      const [pdf, number] = this.sheets[index]
      const wanted = page.clientWidth * devicePixelRatio
      const width = widths.find(width => width >= 0.85 * wanted) ?? widths.at(-1)
      this.load(page, index, `/pages/${pdf}/${number}/${width}`)
    }
  }

  // The old picture stays until the new one can be painted.
  async load(page, index, address, again = true) {
    if (page.wanted === address) return
    page.wanted = address
    const [, , width, height] = this.sheets[index]
    const picture = new Image(Math.round(width), Math.round(height))
    picture.alt = `Page ${index + 1} of ${this.sheets.length}`
    picture.src = address
    try {
      await picture.decode()
    } catch {
      if (page.wanted !== address) return
      page.wanted = ''
      if (again) setTimeout(() => this.load(page, index, address, false), 500)
      return
    }
    if (page.wanted === address) page.replaceChildren(picture)
  }

  arrange(layout) {
    this.layout = layout
    remember(`${this.key} layout`, layout)
    this.list.dataset.layout = layout
    this.restore()
    this.renew()
  }

  resized() {
    if (this.panel.hidden || !this.sheets.length) return
    if (this.scroller.clientWidth !== this.seenWidth) this.restore()
    this.seenWidth = this.scroller.clientWidth
    this.renew()
  }

  // The place is a page and the part of it that lies above the upper edge.
  scrolled() {
    if (this.panel.hidden || !this.sheets.length) return
    const top = this.scroller.scrollTop
    const pages = [...this.list.children]
    const found = pages.findIndex(page => page.offsetTop + page.offsetHeight > top)
    const index = found < 0 ? pages.length - 1 : found
    const page = pages[index]
    this.place = { page: index, part: (top - page.offsetTop) / page.offsetHeight }
    remember(`${this.key} place`, this.place)
    this.tell()
  }

  restore() {
    if (!this.place) return
    const page = this.list.children[Math.min(this.place.page, this.sheets.length - 1)]
    if (page) this.scroller.scrollTop = page.offsetTop + this.place.part * page.offsetHeight
  }

  tell() {
    const total = this.sheets.length
    const { page, part } = this.place ?? { page: 0, part: 0 }
    const number = Math.min(part > 0.6 ? page + 2 : page + 1, total)
    this.count.textContent = total ? `${number} of ${total}` : 'Being made…'
    this.count.classList.toggle('counted', total > 0)
  }
}

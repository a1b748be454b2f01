// The view of the e-book: in foliate-js, or as its own pages where that is not installed.
import { element, fileAddress, selection, showFileLinks } from './elements.js'
import { remember, remembered } from './storage.js'
import { Frame } from './frame.js'

const sizes = [['phone', 'Phone'], ['tablet', 'Tablet'], ['desktop', 'Desktop']]
const withoutReader = 'These are the e-book’s own pages. To see it as an e-reader shows it, '
  + 'install npm and then this program once more.'

export class Book {
  constructor(panel, { hasReader }) {
    this.panel = panel
    this.frame = hasReader ? null : new BookFrame(panel)
    this.links = element('span', { class: 'links' })
    if (!hasReader) {
      this.frame.tools.append(this.links)
      this.frame.tools.after(element('p', { class: 'note' }, withoutReader))
      return
    }
    const size = remembered(`${panel.id} size`, 'phone')
    this.stage = element('div', { class: 'stage', 'data-size': size })
    const sizeSelection = selection('Screen', sizes, size, value => {
      remember(`${panel.id} size`, value)
      this.stage.dataset.size = value
    })
    panel.append(element('div', { class: 'tools' }, sizeSelection, this.links), this.stage)
  }

  show(tab, chosen) {
    this.panel.hidden = !chosen
    showFileLinks(this.links, tab)
    if (this.frame) this.frame.show(tab, chosen)
    else if (chosen && tab.version) this.open(tab)
  }

  open(tab) {
    this.address = fileAddress(tab)
    if (!this.reader) {
      this.reader = element('iframe', { src: '/reader', title: tab.title })
      this.reader.addEventListener('load', () => this.sendAddress())
      this.stage.append(this.reader)
    }
    this.sendAddress()
  }

  // The reader ignores the address of the book that it shows already.
  sendAddress() {
    this.reader.contentWindow.postMessage({ book: this.address }, location.origin)
  }
}

class BookFrame extends Frame {
  start(tab) { return `/book/${encodeURIComponent(tab.product)}/` }
}

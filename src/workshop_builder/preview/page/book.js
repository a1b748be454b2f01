// The e-book: in foliate-js, or where that is not installed, its own pages in a frame.
import { choice, fileLinks, made } from './parts.js'
import { remember, remembered } from './memory.js'
import { Frame } from './frame.js'

const sizes = [['phone', 'Phone'], ['tablet', 'Tablet'], ['desk', 'Desk']]
const sentence = 'These are the e-book’s own pages. To see it as a reader shows it, install npm '
  + 'and then this program once more.'

export class Book {
  constructor(panel, { reader }) {
    this.panel = panel
    this.plain = reader ? null : new Pane(panel)
    this.links = made('span', { class: 'links' })
    if (!reader) {
      this.plain.tools.append(this.links)
      this.plain.tools.after(made('p', { class: 'note' }, sentence))
      return
    }
    const size = remembered(`${panel.id} size`, 'phone')
    this.stage = made('div', { class: 'stage', 'data-size': size })
    const sized = choice('Screen', sizes, size, value => {
      remember(`${panel.id} size`, value)
      this.stage.dataset.size = value
    })
    panel.append(made('div', { class: 'tools' }, sized, this.links), this.stage)
  }

  show(tab, chosen) {
    this.panel.hidden = !chosen
    fileLinks(this.links, tab)
    if (this.plain) this.plain.show(tab, chosen)
    else if (chosen && tab.version) this.open(tab)
  }

  open(tab) {
    this.address = `/files/${encodeURIComponent(tab.product)}/${tab.version}/${encodeURIComponent(tab.file)}`
    if (!this.frame) {
      this.frame = made('iframe', { src: '/reader', title: tab.title })
      this.frame.addEventListener('load', () => this.tell())
      this.stage.append(this.frame)
    }
    this.tell()
  }

  // The reader knows by itself which address it shows already.
  tell() {
    this.frame.contentWindow.postMessage({ book: this.address }, location.origin)
  }
}

class Pane extends Frame {
  start(tab) { return `/book/${encodeURIComponent(tab.product)}/` }
}

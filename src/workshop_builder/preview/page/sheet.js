// The finished sheet: its pages, printed, downloaded and saved.
import { element } from './elements.js'
import { remember } from './storage.js'

const width = 1000 // pixels of a page's picture

export class Sheet {
  constructor(studio) {
    this.studio = studio
    const { words } = studio
    this.status = element('p', { class: 'state', role: 'status' })
    this.told = element('ul', { class: 'told', lang: 'en', 'aria-label': words.left_out, hidden: '' })
    this.pages = element('ol', { class: 'sheet-pages' })
    this.print = this.button(words.print, () => this.printNow(), 'strong')
    this.pdf = element('a', { class: 'button' }, words.pdf)
    this.save = this.button(words.save, () => this.saveNow(this.studio.file.version))
    this.saved = element('p', { class: 'saved', role: 'status' })
    this.past = element('select', {})
    this.past.addEventListener('change', () => this.openPast(this.past.value))
    const starting = element('label', { class: 'past' }, element('span', {}, words.past), this.past)
    this.node = element('section', { class: 'result', 'aria-label': words.result },
      element('h2', {}, words.result), starting,
      element('div', { class: 'acts' }, this.print, this.pdf, this.save), this.saved,
      this.status, this.told, this.pages)
    this.listPast()
  }

  button(text, act, kind = '') {
    const button = element('button', { type: 'button', class: `button ${kind}` }, text)
    button.addEventListener('click', act)
    return button
  }

  setBusy() { this.status.textContent = this.studio.words.making }

  setSaved(saved) {
    const { words, file } = this.studio
    this.saved.textContent = saved ? this.studio.say('saved', { name: file.name }) : words.unsaved
  }

  refuse(reason) { this.status.textContent = this.studio.say('refused', { reason }) }

  show({ faults, told, pages }) {
    const { words } = this.studio
    this.node.classList.toggle('stale', faults.length > 0)
    this.status.textContent = faults.length ? this.studio.say('wrong', { n: faults.length }) : words.made
    if (faults.length) return
    this.told.replaceChildren(...told.map(text => element('li', {}, text)))
    this.told.hidden = !told.length
    const [pdf] = pages[0]
    const name = `${this.studio.file.name || 'sheet'}.pdf`
    this.address = `/studio/pdf/${pdf}/${name}`
    this.pdf.href = this.address
    this.pdf.download = name
    this.pages.replaceChildren(...pages.map(([sum, number, wide, high], index) => {
      const image = element('img', { src: `/pages/${sum}/${number}/${width}`, width: Math.round(wide),
        height: Math.round(high), alt: this.studio.say('page', { n: index + 1, total: pages.length }) })
      return element('li', {}, image)
    }))
  }

  // The browser prints the PDF itself, which says that it is to be printed at actual size.
  printNow() {
    if (!this.address) return
    document.getElementById('printed')?.remove()
    const frame = element('iframe', { id: 'printed', class: 'unseen', title: this.studio.words.print,
      tabindex: '-1', 'aria-hidden': 'true', src: this.address })
    frame.addEventListener('load', () => {
      try {
        frame.contentWindow.focus()
        frame.contentWindow.print()
      } catch { // a browser that lets nobody print its PDFs: there one prints from their tab
        window.open(this.address, '_blank', 'noopener')
      }
    }, { once: true })
    document.body.append(frame)
  }

  async saveNow(version, name = this.studio.file.name) {
    const student = this.studio.written
    if (name === this.studio.file.name && this.studio.file.student !== student.name) {
      name = '' // for another student it is a sheet of its own
      version = ''
    }
    const answer = await this.studio.post('/studio/save', { student, version, ...(name && { file: name }) })
    if (!answer) return
    const { status, body } = answer
    if (status === 422) {
      this.studio.showFaults(body.faults)
      this.show(body)
    } else if (status === 409) this.showConflict(body)
    else {
      this.studio.file = { name: body.name, version: body.version, student: student.name }
      remember('studio file', this.studio.file)
      this.setSaved(true)
      this.listPast()
    }
  }

  // Nothing has been written: the teacher says which of the two sheets is to stay.
  showConflict({ name, version }) {
    const { words } = this.studio
    this.saved.replaceChildren(this.studio.say('conflict', { name }), ' ',
      this.button(words.replace, () => this.saveNow(version, name)),
      this.button(words.open, () => this.openPast(name)))
  }

  async listPast() {
    const { words, file } = this.studio
    const answer = await fetch('/studio/sheets')
    const { sheets } = answer.ok ? await answer.json() : { sheets: [] }
    const options = [['', words.new], ...sheets.map(each => [each.name, each.student || each.name])]
    this.past.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)))
    this.past.value = sheets.some(each => each.name === file.name) ? file.name : ''
  }

  async openPast(name) {
    if (!name) return this.studio.take({}, { name: '', version: '' })
    const answer = await fetch(`/studio/sheets/${name}`)
    if (!answer.ok) return this.refuse(answer.statusText)
    const { student, version, problems } = await answer.json()
    if (problems.length) return this.refuse(problems.join(' '))
    this.studio.take(asTyped(student), { name, version, student: student.name })
    this.past.value = name
    this.setSaved(true)
  }
}

// A list of one can be written as a text.
function asTyped(student) {
  for (const key of ['exercises', 'conditions'])
    if (typeof student[key] === 'string') student[key] = [student[key]]
  return Object.fromEntries(Object.entries(student).filter(([, value]) => value !== null))
}

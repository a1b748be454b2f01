// The studio: exercises picked for one student, the sheet beside them, printed and saved.
import { element } from './elements.js'
import { remember, remembered } from './storage.js'
import { Picker } from './picker.js'
import { Order } from './order.js'
import { Person } from './person.js'
import { Sheet } from './sheet.js'

const pause = 60 // milliseconds without a further change after which the sheet is made
const unnamed = '____________' // a line to write on, as long as no name has been typed

export class Studio {
  constructor(panel) {
    this.panel = panel
    this.version = ''
    this.asked = 0
    panel.append(element('p', { class: 'note', lang: 'en' }, 'The exercises are being drawn.'))
    this.student = remembered('studio student', {})
    this.file = remembered('studio file', { name: '', version: '' })
  }

  show(tab, chosen) {
    this.panel.hidden = !chosen
    if (!tab.version || tab.version === this.version) return
    this.version = tab.version
    this.load()
  }

  async load() {
    const answer = await fetch('/studio/catalogue')
    if (!answer.ok) return
    this.catalogue = await answer.json()
    this.words = this.catalogue.words
    this.byId = new Map(this.catalogue.exercises.map(item => [item.id, item]))
    this.panel.lang = this.catalogue.language
    this.picker = new Picker(this)
    this.order = new Order(this)
    this.person = new Person(this)
    this.sheet = new Sheet(this)
    this.said = element('p', { class: 'unseen', role: 'status' })
    this.panel.replaceChildren(element('div', { class: 'studio' },
      this.picker.node, element('div', { class: 'middle' }, this.order.node, this.person.node),
      this.sheet.node), this.said)
    this.make()
  }

  // A word of the page, with what is put into it.
  say(key, values = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name])
  }

  announce(text) { this.said.textContent = text }

  // The exercises of the sheet, groups resolved; those that are gone from the workshop are kept.
  get chosen() {
    const { groups } = this.catalogue
    return [...new Set((this.student.exercises ?? []).flatMap(name => groups[name] ?? [name]))]
  }

  choose(ids, focus) {
    this.student.exercises = ids
    for (const id of Object.keys(this.student.doses ?? {}))
      if (ids.length && !ids.includes(id)) this.dose(id, {})
    this.picker.mark()
    this.order.fill(focus)
    this.changed()
  }

  toggle(id) {
    const { name } = this.byId.get(id)
    if (this.chosen.includes(id)) {
      this.choose(this.chosen.filter(other => other !== id))
      this.announce(this.say('removed', { name }))
    } else this.insert(id, this.chosen.length)
  }

  // Puts an exercise at a place of the sheet, whether it was there or not.
  insert(id, place, focus) {
    const known = this.chosen.includes(id)
    const others = this.chosen.filter(other => other !== id)
    const where = Math.max(0, Math.min(place, others.length))
    this.choose([...others.slice(0, where), id, ...others.slice(where)], focus)
    const values = { name: this.byId.get(id)?.name ?? id, n: where + 1 }
    this.announce(this.say(known ? 'moved' : 'added', values))
  }

  // Sets the fields of a dose that differ.
  dose(id, fields) {
    const { [id]: _, ...others } = this.student.doses ?? {}
    this.set('doses', Object.keys(fields).length ? { ...others, [id]: fields } : others)
  }

  set(key, value) {
    const empty = value === '' || (typeof value === 'object' && !Object.keys(value).length)
    if (empty) delete this.student[key]
    else this.student[key] = value
    this.changed()
  }

  changed() {
    remember('studio student', this.student)
    this.sheet.setSaved(false)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.make(), pause)
  }

  // A student in the order in which a file is written.
  get written() {
    const order = ['name', 'date', 'next_visit', 'conditions', 'exercises', 'doses', 'weeks',
      'pages', 'note', 'edition', 'paper']
    const keys = [...order.filter(key => key in this.student),
      ...Object.keys(this.student).filter(key => !order.includes(key))]
    return Object.fromEntries(keys.map(key => [key, this.student[key]]))
  }

  async make() {
    const number = ++this.asked
    this.sheet.setBusy()
    const answer = await this.post('/studio/make', {
      student: { ...this.written, name: this.student.name || unnamed },
    })
    if (number !== this.asked || !answer) return
    this.showFaults(answer.body.faults)
    this.sheet.show(answer.body)
  }

  showFaults(faults) {
    this.order.showFaults(faults)
    this.person.showFaults(faults)
  }

  // Sends what our page alone may send; returns the status and the object that comes back.
  async post(address, content) {
    const headers = { 'Content-Type': 'application/json', 'X-Studio-Secret': this.catalogue.secret }
    try {
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(content) })
      if ([200, 409, 422].includes(answer.status))
        return { status: answer.status, body: await answer.json() }
      this.sheet.refuse(await answer.text())
    } catch (error) {
      this.sheet.refuse(error.message)
    }
    return null
  }

  // Takes a student, of a saved sheet or a new one, in place of the one that was there.
  take(student, file) {
    this.student = student
    this.file = file
    remember('studio file', file)
    this.picker.mark()
    this.order.fill()
    this.person.fill()
    this.changed()
  }
}

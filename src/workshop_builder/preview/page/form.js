// The form of one file: its fields, its text, and what is changed in them.
import { element } from './elements.js'
import { part } from './parts.js'

let count = 0

export class Form {
  constructor(editor, file) {
    Object.assign(this, { editor, words: editor.words, lists: new Map(), number: ++count })
    this.fields = editor.fields(file.path)
    this.node = element('form', { class: 'form', novalidate: '' })
    this.node.addEventListener('submit', event => event.preventDefault())
    this.take(file)
  }

  // Shows a file as it is now.
  take(file) {
    this.file = file
    const known = new Set(this.fields.map(field => field.key))
    this.others = Object.keys(file.fields).filter(key => !known.has(key))
    this.parts = new Map(this.fields.map(field => [field.key, part(field, file.fields[field.key], this)]))
    const shown = field => field.required || file.fields[field.key] !== undefined
    const nodes = wanted => this.fields.filter(field => shown(field) === wanted).map(field => this.parts.get(field.key).node)
    this.fault = element('p', { class: 'fault', lang: 'en', role: 'alert', hidden: '' })
    this.more = element('details', { class: 'more' }, element('summary', {}, this.words.more_fields), ...nodes(false))
    this.body = file.path.endsWith('.md') ? part({ key: 'body', kind: 'long', help: '', label: this.words.text }, file.body, this) : null
    this.hint = element('small', { class: 'help' }, this.words.text_help)
    this.body?.input.before(this.hint)
    this.node.replaceChildren(this.fault, ...nodes(true), ...this.body ? [this.body.node] : [], this.more, ...this.lists.values())
  }

  get isChanged() { return !!this.body?.changed || [...this.parts.values()].some(each => each.changed) }

  // What is to be written: the fields that differ, null for one that is taken out.
  get changes() {
    const fields = {}
    for (const [key, each] of this.parts) if (each.changed) fields[key] = each.value() ?? null
    return { fields, ...this.body?.changed && { body: this.body.typed() ?? '' } }
  }

  // Takes what has been typed for what the file has.
  settle(file) {
    this.file = file
    for (const [key, each] of this.parts) each.settle(file.fields[key])
    this.body?.settle(file.body)
  }

  showFaults(faults) {
    for (const each of [...this.parts.values(), this.body]) each?.clearFaults()
    const others = faults.filter(({ place: [key, ...rest], text }) => {
      const found = key === 'body' ? this.body : this.parts.get(key)
      found?.at(rest).setFault(text)
      return !found
    })
    this.fault.textContent = others.map(each => each.text).join(' ')
    this.fault.hidden = !others.length
  }

  changed() { this.editor.typed(this) }

  // Sets a field that holds a text, and shows it.
  set(key, text) {
    const each = this.parts.get(key)
    if (this.more.contains(each.node)) this.more.open = text !== '' || this.more.open
    each.set(text)
  }

  say(key, values) { return this.editor.say(key, values) }

  label(field) {
    if (field.label) return field.label
    const words = field.key.replaceAll('_', ' ')
    return this.editor.forms.labels?.[field.key] ?? words.charAt(0).toUpperCase() + words.slice(1)
  }

  help(text) {
    const words = this.editor.forms.help?.[text]
    return { words: words ?? text, lang: words ? this.editor.language : 'en' }
  }

  choice(value) { return this.words[{ yes: 'yes', no: 'no' }[value]] ?? this.words[`sides_${value}`] ?? this.words[`paper_${value}`] ?? this.words[`edition_${value}`] ?? value }

  // What a field can name, as pairs of a name and its words.
  names(field) { return this.editor.names(field) }

  datalist(field, names) {
    const id = `names-${this.number}-${field.key}`
    if (!this.lists.has(id))
      this.lists.set(id, element('datalist', { id }, ...names.map(([value, text]) => element('option', { value }, text))))
    return id
  }
}

// The parts of a form: what a field of a file has, shown to be typed, and back.
import { element } from './elements.js'

let count = 0

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// One value. What nobody has touched comes back as the file has it.
class Part {
  constructor(field, raw, form) {
    Object.assign(this, { field, raw, form })
    this.id = `part-${++count}`
    this.fault = element('span', { class: 'fault', id: `${this.id}-fault`, lang: 'en', hidden: '' })
    this.build(raw ?? undefined)
    this.settle(raw)
  }

  // Takes what is typed for what the file has.
  settle(raw) {
    this.raw = raw
    this.initial = this.typed()
  }

  get changed() { return !same(this.typed(), this.initial) }

  value() { return this.changed ? this.typed() : this.raw ?? undefined }

  // The part in which a fault is, by the keys and numbers of its place.
  at() { return this }

  setFault(text) {
    this.fault.textContent = [this.fault.textContent, text].filter(Boolean).join(' ')
    this.fault.hidden = !this.fault.textContent
    for (let node = this.fault; node; node = node.parentElement)
      if (text && node.tagName === 'DETAILS') node.open = true
  }

  clearFaults() {
    this.fault.textContent = ''
    this.setFault('')
  }

  help() {
    const text = this.form.help(this.field.help)
    return element('small', { id: `${this.id}-help`, class: 'help', lang: text.lang, hidden: '' }, text.words)
  }

  button(does, sign, name, act) {
    const button = element('button', { type: 'button', class: 'sign', 'aria-label': this.form.say(does, { name }) }, sign)
    button.addEventListener('click', act)
    return button
  }
}

// A text, a day, one of some choices, or a list with one item on each line.
class Typed extends Part {
  build(raw) {
    const { field, form } = this
    const label = element('label', { for: this.id }, form.label(field))
    const help = this.help()
    help.hidden = !field.help && field.kind !== 'list'
    if (field.kind === 'list') help.append(field.help && '. ', form.words.one_a_line)
    this.input = this.control(raw)
    this.input.id = this.id
    this.input.setAttribute('aria-describedby', help.hidden ? this.fault.id : `${help.id} ${this.fault.id}`)
    if (field.required) this.input.required = true
    this.input.addEventListener('input', () => form.changed())
    this.node = element('div', { class: `field ${field.kind}` }, label, help, this.input, ...this.offers(), this.fault)
  }

  control(raw) {
    const { kind, choices = [] } = this.field
    if (kind === 'choice') return this.select(choices, raw)
    if (kind === 'list' || kind === 'long') return this.area(raw)
    const input = element('input', { type: kind === 'date' ? 'date' : 'text', autocomplete: 'off' })
    input.value = raw ?? ''
    const names = kind === 'text' ? this.form.names(this.field) : []
    if (names.length) input.setAttribute('list', this.form.datalist(this.field, names))
    return input
  }

  select(choices, raw) {
    const known = raw === undefined || choices.includes(raw) ? choices : [raw, ...choices]
    const options = [['', this.form.words.as_usual], ...known.map(each => [each, this.form.choice(each)])]
    const select = element('select', {}, ...options.map(([value, text]) => element('option', { value }, text)))
    select.value = raw ?? ''
    return select
  }

  area(raw) {
    const text = this.field.kind === 'list' ? listed(raw).map(each => each.replace(/\n/g, ' ')).join('\n') : raw ?? ''
    const lines = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 70), 0)
    const area = element('textarea', { rows: Math.min(Math.max(lines, 2), 20) })
    area.value = text
    return area
  }

  // What a list can have, to be added by its name.
  offers() {
    const names = this.field.kind === 'list' ? this.form.names(this.field) : []
    if (!names.length) return []
    const label = this.form.say('add', { name: this.form.label(this.field) })
    const select = element('select', { class: 'offer', 'aria-label': label },
      ...[['', `+ …`], ...names].map(([value, text]) => element('option', { value }, text)))
    select.addEventListener('change', () => {
      this.set([...this.typed() ?? [], select.value].join('\n'))
      select.value = ''
    })
    return [select]
  }

  set(text) {
    this.input.value = text
    this.form.changed()
  }

  typed() {
    const text = this.input.value.trim()
    if (this.field.kind !== 'list') return text || undefined
    const items = text.split('\n').map(line => line.trim()).filter(Boolean)
    return items.length ? items : undefined
  }

  setFault(text) {
    super.setFault(text)
    if (this.fault.textContent) this.input.setAttribute('aria-invalid', 'true')
    else this.input.removeAttribute('aria-invalid')
  }
}

const listed = raw => (Array.isArray(raw) ? raw : [raw]).filter(each => typeof each === 'string')

// Several fields together.
class Together extends Part {
  build(raw) {
    const given = raw && typeof raw === 'object' ? raw : {}
    this.others = Object.fromEntries(Object.entries(given)
      .filter(([key]) => !this.field.fields.some(field => field.key === key)))
    this.parts = new Map(this.field.fields.map(field =>
      [field.key, part(field, this.given(given, raw, field), this.form)]))
    this.inner = element('div', { class: 'inner' }, ...[...this.parts.values()].map(each => each.node))
    this.node = this.field.bare ? this.inner : folded(this, this.inner)
    if (this.field.bare) this.inner.append(this.fault)
  }

  // A text in place of the fields is the first of them.
  given(given, raw, field) {
    return typeof raw === 'string' && field === this.field.fields[0] ? raw : given[field.key]
  }

  typed() {
    const entries = [...this.parts].map(([key, each]) => [key, each.value()])
    const filled = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
    return Object.keys(filled).length || this.field.bare ? { ...filled, ...this.others } : undefined
  }

  at([key, ...rest]) { return this.parts.get(key)?.at(rest) ?? this }

  clearFaults() {
    super.clearFaults()
    for (const each of this.parts?.values() ?? []) each.clearFaults()
  }
}

// Parts of one kind, each in a row that can be moved and removed: the items of a list, or what
// stands under names.
class Rows extends Part {
  build(raw) {
    this.rows = []
    this.list = element('div', { class: 'rows' })
    const add = element('button', { type: 'button', class: 'button' }, this.form.say('add', { name: this.form.label(this.field) }))
    add.addEventListener('click', () => {
      this.row('', undefined)
      this.show()
      this.form.changed()
      this.list.lastChild?.querySelector('input, textarea, select')?.focus()
    })
    this.node = folded(this, this.list, add)
    for (const [key, value] of this.entries(raw)) this.row(key, value)
    this.show()
  }

  row(key, value) { this.rows.push(this.newRow(key, value)) }

  // Fills the list again, each row with what moves it.
  show(focus) {
    this.list.replaceChildren(...this.rows.map((row, place) => {
      const name = this.form.say('item', { name: this.form.label(this.field), n: place + 1 })
      const up = this.button('move_up', '↑', name, () => this.move(place, -1, 'up'))
      const down = this.button('move_down', '↓', name, () => this.move(place, 1, 'down'))
      const gone = this.button('remove', '×', name, () => this.remove(place))
      up.disabled = !place
      down.disabled = place === this.rows.length - 1
      const buttons = element('div', { class: 'does' }, up, down, gone)
      if (focus?.place === place) queueMicrotask(() => [focus.does === 'up' ? up : down, gone].find(each => !each.disabled).focus())
      return element('fieldset', { class: 'row' }, element('legend', {}, name), ...this.nodes(row), buttons)
    }))
    this.summary?.replaceChildren(this.form.label(this.field), this.rows.length ? ` (${this.rows.length})` : '')
  }

  move(place, step, does) {
    const [row] = this.rows.splice(place, 1)
    this.rows.splice(place + step, 0, row)
    this.show({ place: place + step, does })
    this.form.changed()
  }

  remove(place) {
    this.rows.splice(place, 1)
    this.show()
    this.form.changed()
    ;(this.list.children[Math.min(place, this.rows.length - 1)]?.querySelector('.does button:last-child') ?? this.summary).focus()
  }

  clearFaults() {
    super.clearFaults()
    for (const row of this.rows ?? []) this.inner(row).clearFaults()
  }
}

class Items extends Rows {
  entries(raw) { return (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]).map(each => ['', each]) }

  newRow(_, value) {
    return new Together({ ...this.field, key: '', bare: true }, value ?? {}, this.form)
  }

  nodes(row) { return [row.node] }

  inner(row) { return row }

  typed() {
    const items = this.rows.map(row => row.value()).filter(each => typeof each === 'string' || Object.keys(each ?? {}).length)
    return items.length ? items : undefined
  }

  at([place, ...rest]) { return this.rows[place]?.at(rest) ?? this }
}

class Named extends Rows {
  entries(raw) {
    if (raw === undefined) return []
    return typeof raw === 'object' && !Array.isArray(raw) ? Object.entries(raw) : [['', raw]]
  }

  newRow(key, value) {
    const { field, form } = this
    const label = form.words[field.plain ? 'for' : 'name']
    const names = field.choices?.length ? field.choices.map(each => [each, each]) : form.names({ names: field.plain ? 'conditions' : field.key })
    const name = element('input', { type: 'text', autocomplete: 'off', placeholder: field.plain ? form.words.for_all : '' })
    if (names.length) name.setAttribute('list', form.datalist({ key: `${field.key}-name` }, names))
    name.value = key
    name.addEventListener('input', () => form.changed())
    const of = { ...field.of, key: field.key, help: '', names: field.names, bare: true, label: form.label(field) }
    return { name, label: element('label', { class: 'key' }, element('span', {}, label), name), part: part(of, value ?? undefined, form) }
  }

  nodes(row) { return [row.label, row.part.node] }

  inner(row) { return row.part }

  typed() {
    const entries = this.rows.map(({ name, part }) => [name.value.trim(), part.value() ?? (part instanceof Together ? {} : undefined)])
    const filled = entries.filter(([key, value]) => key && value !== undefined)
    const plain = entries.find(([key, value]) => !key && value !== undefined)
    if (plain && this.field.plain && !filled.length) return plain[1]
    return filled.length ? Object.fromEntries(filled) : undefined
  }

  at([key, ...rest]) { return this.rows.find(row => row.name.value.trim() === key)?.part.at(rest) ?? this }
}

// What is the same for all, until somebody says for whom it differs.
class Plain extends Part {
  build(raw) {
    const { field } = this
    this.part = part({ ...field.of, key: field.key, help: field.help, names: field.names, label: field.label }, raw, this.form)
    const name = `${this.form.label(field)} – ${this.form.words.for} …`
    const differs = element('button', { type: 'button', class: 'button small' }, this.form.say('add', { name }))
    differs.addEventListener('click', () => {
      this.part = new Named(field, this.part.value(), this.form)
      this.node.replaceChildren(this.part.node)
      this.part.node.open = true
      this.part.list.querySelector('input')?.focus()
      this.form.changed()
    })
    this.node = element('div', { class: 'plain' }, this.part.node, differs)
  }

  typed() { return this.part.value() }

  at(place) { return this.part.at(place) }

  clearFaults() { this.part?.clearFaults() }
}

// What is larger than a line folds away.
function folded(part, ...inside) {
  part.summary = element('summary', {}, part.form.label(part.field))
  const help = part.help()
  help.hidden = !part.field.help
  return element('details', { class: 'field folded' }, part.summary, help, part.fault, ...inside)
}

const kinds = { object: Together, items: Items, map: Named }

export function part(field, raw, form) {
  const isPlain = field.plain && (typeof raw !== 'object' || Array.isArray(raw) || raw === null)
  return new (isPlain ? Plain : kinds[field.kind] ?? Typed)(field, raw, form)
}

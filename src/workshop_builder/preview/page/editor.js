// The second tab of the studio: exercises and the workshop's facts, edited by form.
import { element } from './elements.js'
import { picture } from './picker.js'
import { Form } from './form.js'
import { Gallery } from './gallery.js'

const settings = 'workshop.yaml'
const pause = 700 // milliseconds without a further change after which what is typed is checked

export class Editor {
  constructor(panel) {
    Object.assign(this, { panel, version: null, opened: new Map(), current: settings, asked: 0 })
    addEventListener('beforeunload', event => { if ([...this.opened.values()].some(form => form.isChanged)) event.preventDefault() })
    panel.addEventListener('keydown', event => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      this.save()
    })
  }

  show(tab, chosen) {
    this.panel.hidden = !chosen
    if (!chosen || tab.version === this.version) return
    this.version = tab.version
    this.load()
  }

  async load() {
    const forms = await fetch('/studio/forms')
    if (!forms.ok) return setTimeout(() => this.load(), 500)
    this.forms = await forms.json()
    this.words = this.forms.words
    const catalogue = await fetch('/studio/catalogue')
    this.catalogue = catalogue.ok ? await catalogue.json() : { exercises: [], groups: {}, conditions: {}, language: 'en' }
    this.language = this.catalogue.language
    this.byPath = new Map(this.catalogue.exercises.map(item => [item.path, item]))
    this.panel.lang = this.language
    if (!this.node) this.build()
    await this.list()
    if (!this.opened.has(this.current)) await this.open(this.current, this.focusing)
    else await this.renew()
  }

  build() {
    const { words } = this
    this.undo = this.button(words.undo, () => this.step('undo'))
    this.redo = this.button(words.redo, () => this.step('redo'))
    this.new = this.button(words.new_exercise, () => this.start())
    this.files = element('ul', { class: 'files' })
    this.title = element('h2', { tabindex: '-1' })
    this.saving = this.button(words.save, () => this.save(), 'strong')
    this.status = element('p', { class: 'state', role: 'status' })
    this.drop = this.dropping()
    this.place = element('div', { class: 'place' })
    this.bar = element('div', { class: 'bar' }, this.title, element('div', { class: 'acts' }, this.saving, this.undo, this.redo), this.status)
    this.node = element('div', { class: 'editor' },
      element('nav', { 'aria-label': words.files }, this.new, this.files),
      element('section', { 'aria-label': words.content }, this.bar, this.drop, this.place))
    this.panel.replaceChildren(this.node)
  }

  button(text, act, kind = '') {
    const button = element('button', { type: 'button', class: `button ${kind}` }, text)
    button.addEventListener('click', act)
    return button
  }

  say(key, values = {}) { return this.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]) }

  fields(path) { return this.forms[path === settings ? 'workshop' : 'exercise'] }

  name(path) { return path === settings ? this.words.facts : this.byPath.get(path)?.name ?? path.replace(/^exercises\/|\.md$/g, '') }

  // What a field can name, as pairs.
  names({ names, choices = [] }) {
    const { exercises, groups, conditions } = this.catalogue
    const under = folder => this.there[folder].map(path => [path.slice(folder.length + 1), ''])
    const known = {
      exercises: () => [...Object.keys(groups).map(name => [name, name]), ...exercises.map(item => [item.id, item.name])],
      conditions: () => Object.entries(conditions),
      pictures: () => under('pictures'), credits: () => under('pictures'), figures: () => under('figures'),
    }
    return known[names]?.() ?? choices.map(each => [each, each])
  }

  // Lists the files, in the order of the exercises' numbers.
  async list() {
    const answer = await fetch('/studio/files')
    if (!answer.ok) return
    this.there = await answer.json()
    this.steps(this.there)
    const numbered = this.catalogue.exercises.map(item => item.path).filter(path => this.there.exercises.includes(path))
    const paths = [settings, ...new Set([...numbered, ...this.there.exercises])]
    this.files.replaceChildren(...paths.map(path => this.entry(path)))
    this.mark()
  }

  entry(path) {
    const item = this.byPath.get(path)
    const button = element('button', { type: 'button', 'data-path': path },
      ...path === settings ? [] : [item ? picture(item) : element('span', { class: 'no-picture' })],
      element('span', { class: 'name' }, item ? `${item.number} ` : '', this.name(path)))
    button.addEventListener('click', () => this.open(path, true))
    return element('li', {}, button)
  }

  mark() {
    for (const { firstChild: button } of this.files.children) {
      const { path } = button.dataset
      if (path === this.current && !this.gallery) button.setAttribute('aria-current', 'page')
      else button.removeAttribute('aria-current')
      button.classList.toggle('unsaved', !!this.opened.get(path)?.isChanged)
    }
  }

  steps({ undo, redo }) {
    this.undo.disabled = !undo
    this.redo.disabled = !redo
  }

  async read(path) {
    const answer = await fetch(`/studio/file?path=${encodeURIComponent(path)}`)
    return answer.ok ? answer.json() : null
  }

  async open(path, focus = false) {
    if (!this.node) {
      Object.assign(this, { current: path, focusing: focus })
      return
    }
    const file = this.opened.get(path)?.isChanged ? null : await this.read(path)
    if (file) this.opened.set(path, new Form(this, file))
    const form = this.opened.get(path)
    if (!form) return this.current === path || this.open(this.current)
    this.gallery = null
    this.current = path
    this.showForm(form)
    if (focus) this.title.focus()
  }

  showForm(form) {
    const { path, problems } = form.file
    this.title.textContent = this.name(path)
    const wrong = element('div', { class: 'fault' }, element('p', {}, this.words.no_form),
      element('ul', { lang: 'en' }, ...problems.map(text => element('li', {}, text))))
    this.place.replaceChildren(problems.length ? wrong : form.node)
    const item = this.byPath.get(path)
    this.shown.replaceChildren(...item?.picture ? [picture(item)] : [])
    this.drop.hidden = problems.length > 0
    this.saving.hidden = problems.length > 0
    this.status.textContent = form.isChanged ? this.words.changed : this.words.unchanged
    this.mark()
  }

  get form() { return this.gallery ? null : this.opened.get(this.current) }

  // What has been changed elsewhere is shown as it is now, unless something is typed here.
  async renew() {
    const { form } = this
    if (!form || form.isChanged) return this.mark()
    const file = await this.read(this.current)
    if (!file || form.isChanged || file.version === form.file.version) return
    this.opened.set(this.current, new Form(this, file))
    if (this.form) this.showForm(this.form)
  }

  typed(form) {
    if (!this.opened.has(form.file.path)) return
    this.status.textContent = form.isChanged ? this.words.changed : this.words.unchanged
    this.mark()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.check(form), pause)
  }

  async check(form) {
    const number = ++this.asked
    const answer = form.isChanged ? await this.send(form, { only_check: true }) : { body: { faults: [] } }
    if (!answer || number !== this.asked || answer.status === 409) return
    const { faults } = answer.body
    form.showFaults(faults)
    if (faults.length && form === this.form) this.status.textContent = this.say('to_mend', { n: faults.length })
  }

  send(form, more = {}) {
    const { path, version } = form.file
    return this.post('/studio/edit', JSON.stringify({ path, version, ...form.changes, ...more }))
  }

  // Writes the changes; `merging` them with those of others, which are shown then.
  async save(merging = false) {
    const { form } = this
    if (!form?.isChanged) return
    clearTimeout(this.timer)
    this.asked++
    const answer = await this.send(form)
    if (!answer) return
    const { status, body } = answer
    this.steps(body)
    if (status === 409) return this.askWhich(form)
    form.showFaults(body.faults)
    if (status === 422) {
      this.status.textContent = this.say('file_wrong', { n: body.faults.length })
      form.node.querySelector('[aria-invalid]')?.focus()
      return
    }
    const file = await this.read(form.file.path)
    if (merging) {
      this.opened.set(file.path, new Form(this, file))
      this.showForm(this.form)
    } else form.settle(file)
    this.status.textContent = this.say('file_saved', { name: form.file.path })
    this.mark()
  }

  // Nothing has been written: the teacher says what is to become of the changes.
  askWhich(form) {
    const { path } = form.file
    this.status.replaceChildren(this.say('file_conflict', { name: path }), ' ',
      this.button(this.words.keep_mine, async () => {
        const file = await this.read(path)
        form.file = { ...form.file, version: file?.version ?? '' }
        this.save(true)
      }),
      this.button(this.words.keep_theirs, () => {
        this.opened.delete(path)
        this.open(path, true)
      }))
  }

  async step(does) {
    const answer = await this.post(`/studio/${does}`, '{}')
    if (!answer) return
    const { status, body } = answer
    this.steps(body)
    if (status === 409) this.status.textContent = this.say('undo_conflict', { name: body.path })
    else if (status === 422) this.status.textContent = body.faults.map(fault => fault.text).join(' ')
    else if (body.path) {
      this.opened.delete(body.path)
      await this.list()
      await this.open(this.there.exercises.includes(body.path) ? body.path : settings)
      this.status.textContent = this.say(does === 'undo' ? 'undone' : 'redone', { name: body.path })
    }
  }

  // Where a picture is dropped or chosen.
  dropping() {
    const input = element('input', { type: 'file', accept: 'image/*' })
    this.shown = element('span', { class: 'shown' })
    const area = element('div', { class: 'drop' }, this.shown, element('label', {}, this.words.drop_picture, input))
    input.addEventListener('change', async () => {
      if (input.files[0]) await this.addPicture(input.files[0])
      input.value = ''
    })
    this.panel.addEventListener('dragover', event => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault()
    })
    this.panel.addEventListener('drop', event => {
      const [file] = event.dataTransfer.files
      if (!file) return
      event.preventDefault()
      if (!this.drop.hidden) this.addPicture(file)
    })
    return area
  }

  async addPicture(file) {
    const { form } = this
    const answer = await this.post(`/studio/add-picture?name=${encodeURIComponent(file.name)}`, file)
    if (!answer || !form) return
    const { status, body } = answer
    this.steps(body)
    if (status === 422) this.status.textContent = body.faults.map(fault => fault.text).join(' ')
    if (status !== 200) return
    const name = body.path.replace('pictures/', '')
    const isExercise = form.file.path !== settings
    if (isExercise) {
      form.set('picture', name)
      form.set('figure', '')
      form.parts.get('alt').input.focus()
    }
    this.status.textContent = this.say(isExercise ? 'picture_added' : 'picture_there', { name })
  }

  // A new exercise, from a ready picture.
  start() {
    this.gallery ??= new Gallery(this)
    this.place.replaceChildren(this.gallery.node)
    this.title.textContent = this.words.new_exercise
    this.saving.hidden = this.drop.hidden = true
    this.status.textContent = ''
    this.mark()
    this.gallery.name.focus()
  }

  async make(name, pose) {
    const answer = await this.post('/studio/add-exercise', JSON.stringify({ name, pose }))
    if (!answer) return
    const { status, body } = answer
    this.steps(body)
    if (status === 409) this.status.textContent = this.say('file_conflict', { name: body.path })
    if (status === 422) this.gallery.refuse(body.faults.map(fault => fault.text).join(' '))
    if (status !== 200) return
    await this.list()
    await this.open(body.path, true)
    this.status.textContent = this.say('created', { name: body.path })
  }

  // Sends what our page alone may send; returns the status and the object that comes back.
  async post(address, body) {
    try {
      const answer = await fetch(address, { method: 'POST', headers: { 'X-Studio-Secret': this.forms.secret }, body })
      if ([200, 409, 422].includes(answer.status)) return { status: answer.status, body: await answer.json() }
      this.status.textContent = this.say('refused', { reason: await answer.text() })
    } catch (error) {
      this.status.textContent = this.say('refused', { reason: error.message })
    }
    return null
  }
}

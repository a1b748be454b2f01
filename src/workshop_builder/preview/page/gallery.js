// A new exercise: its name, and one of the ready pictures to start from.
import { element } from './elements.js'

const atOnce = 2 // drawings that are asked for at a time: a browser has few lines to one server

export class Gallery {
  constructor(editor) {
    this.editor = editor
    const { words } = editor
    this.name = element('input', { type: 'text', autocomplete: 'off', maxlength: 120, required: '' })
    this.search = element('input', { type: 'search', autocomplete: 'off' })
    this.search.addEventListener('input', () => this.filter())
    this.count = element('p', { class: 'count', role: 'status' })
    this.fault = element('p', { class: 'fault', lang: 'en', role: 'alert', hidden: '' })
    this.list = element('ul', { class: 'cards' }, ...editor.forms.poses.map(pose => this.card(pose)))
    this.making = editor.button(words.create, () => this.make(), 'strong')
    this.loading = 0
    this.observer = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries) target.isNear = isIntersecting
      this.draw()
    }, { rootMargin: '20%' })
    for (const card of this.list.children) this.observer.observe(card)
    this.node = element('form', { class: 'form gallery', novalidate: '' },
      element('label', { class: 'field' }, element('span', {}, words.exercise_name), this.name),
      element('label', { class: 'field' }, element('span', {}, words.find_pose), this.search),
      this.count, this.list, element('div', { class: 'acts' }, this.making), this.fault)
    this.node.addEventListener('submit', event => {
      event.preventDefault()
      this.make()
    })
    this.filter()
  }

  card([name, about]) {
    const [region, text] = about.split(/: (.*)/s)
    const image = element('img', { alt: '' })
    image.hidden = true
    const empty = element('span', { class: 'no-picture' })
    const button = element('button', { type: 'button', 'aria-pressed': 'false', lang: 'en' }, image, empty,
      element('strong', {}, text ?? about), element('small', {}, region))
    button.addEventListener('click', () => this.choose(name))
    const card = element('li', {}, button)
    return Object.assign(card, { pose: name, image, empty, text: `${name.replaceAll('-', ' ')} ${about}`.toLowerCase() })
  }

  choose(name) {
    this.pose = name
    for (const card of this.list.children) card.firstChild.setAttribute('aria-pressed', card.pose === name)
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    for (const card of this.list.children) card.hidden = !words.every(word => card.text.includes(word))
    const found = this.list.querySelectorAll('li:not([hidden])').length
    this.count.textContent = this.editor.say('found_poses', { n: found })
  }

  // Has the drawings in view made, a few at a time.
  draw() {
    for (const card of this.list.children) {
      if (this.loading >= atOnce || !this.node.isConnected) return
      if (!card.isNear || card.hidden || card.image.src) continue
      this.loading++
      card.image.src = `/studio/pose/${card.pose}`
      card.image.decode().then(() => {
        card.image.hidden = false
        card.empty.remove()
      }, () => {}).finally(() => {
        this.loading--
        this.draw()
      })
    }
  }

  make() {
    const name = this.name.value.trim()
    this.refuse('')
    if (!name) return this.name.focus()
    if (!this.pose) return this.search.focus()
    this.editor.make(name, this.pose)
  }

  refuse(text) {
    this.fault.textContent = text
    this.fault.hidden = !text
  }
}

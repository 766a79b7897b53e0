import type { Locator, Page } from 'playwright-core';

/** Someone in front of the page: what they do with hands and keys, and where they look. */
export class Visitor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async actsAs(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Acting as/ }).click();
    await this.page.getByRole('menuitemradio', { name }).click();
    await this.page.getByRole('button', { name: `Acting as ${name}` }).waitFor();
  }

  async opens(place: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: place }).click();
  }

  /** Types a command, key by key, and sends it. */
  async types(command: string): Promise<void> {
    const composer = this.page.getByRole('combobox', { name: /^Type a command/ });
    await composer.pressSequentially(command);
    await composer.press('Enter');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog').last();
  }

  async form(title: string): Promise<Locator> {
    const dialog = this.page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    return dialog;
  }

  /** Searches in a select and takes the first choice with these words. */
  async chooses(label: string, query: string, words: string | RegExp = query): Promise<void> {
    const field = this.dialog.getByRole('combobox', { name: label });
    await field.click();
    await field.pressSequentially(query);
    await this.dialog.getByRole('option', { name: words }).first().click();
  }

  async presses(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
  }

  async dialogGoes(): Promise<void> {
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  /** The messages of the channel on the screen, oldest first. */
  get messages(): Locator {
    return this.page.getByRole('log', { name: 'Messages' }).getByRole('article');
  }

  /** The latest message with these words. */
  message(words: string | RegExp): Locator {
    return this.messages.filter({ hasText: words }).last();
  }

  async sees(words: string | RegExp, withinMs = 20_000): Promise<Locator> {
    const message = this.message(words);
    await message.waitFor({ timeout: withinMs });
    return message;
  }

  async panel(name: 'Cloud' | 'Trouble' | 'Traffic'): Promise<Locator> {
    const panel = this.page.getByRole('complementary', { name: 'Behind the scenes' });
    if (!(await panel.isVisible())) await this.page.getByRole('button', { name: /Behind the scenes|Cloud/ }).click();
    await panel.getByRole('button', { name, exact: true }).click();
    return panel;
  }

  step(title: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: title });
  }
}

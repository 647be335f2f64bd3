import { noChange, type ElementPart } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';

type Props = Record<string, string>;

/**
 * Sets style properties from script: `<div ${cssProps({ top: '8px' })}>`. Unlike a style attribute
 * or lit's styleMap on its first render, this is allowed under `style-src 'self'`.
 */
class CssPropsDirective extends Directive {
  #before: Props = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('cssProps() stands in the tag itself');
  }

  override render(_props: Props): unknown {
    return noChange;
  }

  override update(part: ElementPart, [props]: [Props]): unknown {
    const { style } = part.element as HTMLElement | SVGElement;
    for (const [name, value] of Object.entries(props)) {
      if (this.#before[name] !== value) style.setProperty(name, value);
    }
    this.#before = props;
    return noChange;
  }
}

export const cssProps = directive(CssPropsDirective);

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Json, number, record } from '../json.ts';
import { useModel } from '../state/context.ts';
import { plainText } from '../text/text-object.tsx';
import { type Choice, type ChoiceGroup, choiceGroups, chosenOf, matching, workspaceGroups } from './choice.ts';
import { Combobox } from './combobox.tsx';
import { useConfirmed } from './confirm.tsx';
import type { ElementProps } from './element-props.ts';
import { usePlace, useValue } from './place.ts';

const DEBOUNCE_MS = 250;
/** Slack's default of `min_query_length`. */
const MIN_QUERY = 3;

/** A select or multi-select, wherever its choices come from. */
export function Select(props: ElementProps): JSX.Element {
  const type = String(props.at.element.type);
  if (type.endsWith('external_select')) return <ExternalSelect {...props} />;
  if (type.endsWith('static_select')) return <StaticSelect {...props} />;
  return <WorkspaceSelect {...props} />;
}

function StaticSelect(props: ElementProps): JSX.Element {
  const [query, setQuery] = useState('');
  const groups = choiceGroups(props.at.element);
  return <SelectField {...props} all={groups} shown={matching(groups, query)} note={undefined} onQuery={setQuery} />;
}

function WorkspaceSelect(props: ElementProps): JSX.Element {
  const [query, setQuery] = useState('');
  const people = useModel((model) => model.people);
  const channels = useModel((model) => model.channels);
  const groups = workspaceGroups({ people, channels }, String(props.at.element.type));
  return <SelectField {...props} all={groups} shown={matching(groups, query)} note={undefined} onQuery={setQuery} />;
}

/** The app finds the choices; it is asked once the person stops typing for a moment. */
function ExternalSelect(props: ElementProps): JSX.Element {
  const { element } = props.at;
  const place = usePlace();
  const [groups, setGroups] = useState<readonly ChoiceGroup[]>([]);
  const [note, setNote] = useState<string>();
  const asked = useRef(0);
  const timer = useRef<number>();
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const search = async (query: string): Promise<void> => {
    asked.current += 1;
    const turn = asked.current;
    const answer: Json | undefined = await place.options(props.at, query);
    // A later question has been asked meanwhile: its answer counts.
    if (turn !== asked.current) return;
    const found = choiceGroups(record(answer));
    setGroups(found);
    setNote(answer === undefined ? 'The choices could not be loaded.' : found.length === 0 ? 'No results' : undefined);
  };
  const onQuery = (query: string): void => {
    window.clearTimeout(timer.current);
    asked.current += 1;
    const least = number(element.min_query_length) ?? MIN_QUERY;
    setGroups([]);
    if (query.length < least) {
      setNote(`Type at least ${least} characters.`);
      return;
    }
    setNote('Searching…');
    timer.current = window.setTimeout(() => void search(query), query === '' ? 0 : DEBOUNCE_MS);
  };
  return <SelectField {...props} all={groups} shown={groups} note={note} onQuery={onQuery} />;
}

interface SelectFieldProps extends ElementProps {
  readonly all: readonly ChoiceGroup[];
  readonly shown: readonly ChoiceGroup[];
  readonly note: string | undefined;
  readonly onQuery: (query: string) => void;
}

function SelectField(props: SelectFieldProps): JSX.Element {
  const { at, all, shown } = props;
  const place = usePlace();
  const confirmed = useConfirmed(at.element);
  const chosen = chosenOf(useValue(at), all);
  const isMultiple = String(at.element.type).startsWith('multi_');
  const most = number(at.element.max_selected_items) ?? Number.POSITIVE_INFINITY;
  const onChoose = async (choices: readonly Choice[]): Promise<void> => {
    if (choices.length > most || !(await confirmed())) return;
    const given = choices.map((choice) => choice.given);
    await place.enter(at, isMultiple ? given : (given[0] ?? null));
  };
  return (
    <Combobox
      id={props.id}
      label={props.label}
      describedBy={props.describedBy}
      isInvalid={props.isInvalid}
      placeholder={plainText(at.element.placeholder) || (isMultiple ? 'Choose some' : 'Choose one')}
      groups={shown}
      chosen={chosen}
      isMultiple={isMultiple}
      note={props.note ?? (shown.length === 0 ? 'No results' : undefined)}
      mayClear={!isMultiple && at.block.type === 'input' && at.block.optional === true}
      onQuery={props.onQuery}
      onChoose={(choices) => void onChoose(choices)}
    />
  );
}

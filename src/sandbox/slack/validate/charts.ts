import { z } from 'zod';
import { chars, identifier } from './text.ts';

/** Where copies of Slack's reference differ (six or twelve), the smaller number holds. */
const MOST_SERIES = 6;

const point = z.strictObject({ label: chars(20), value: z.number() });
const series = z.strictObject({
  name: chars(20),
  data: z.array(point).min(1).max(20),
});
const axes = z.strictObject({
  categories: z.array(chars(20)).min(1).max(20),
  x_label: chars(50).optional(),
  y_label: chars(50).optional(),
});

interface Plot {
  series: { name: string; data: { label: string }[] }[];
  axis_config: { categories: string[] };
}

/** Names of series differ, and each series has one point for each category. */
function checkPlot(plot: Plot, context: z.RefinementCtx): void {
  const names = plot.series.map(({ name }) => name);
  for (const [index, { name, data }] of plot.series.entries()) {
    const path = ['series', index];
    if (names.indexOf(name) !== index) {
      context.addIssue({
        code: 'custom',
        message: `series name "${name}" already exists`,
        path: [...path, 'name'],
      });
    }
    const labels = data.map(({ label }) => label).sort();
    if (labels.join('\n') !== [...plot.axis_config.categories].sort().join('\n')) {
      const message = 'must have one data point for each category';
      context.addIssue({ code: 'custom', message, path: [...path, 'data'] });
    }
  }
}

function plot<const Type extends string>(type: Type) {
  return z
    .strictObject({
      type: z.literal(type),
      series: z.array(series).min(1).max(MOST_SERIES),
      axis_config: axes,
    })
    .superRefine(checkPlot);
}

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: identifier.optional(),
  title: chars(50),
  chart: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('pie'),
      segments: z
        .array(
          point.refine(({ value }) => value > 0, {
            error: 'must be greater than 0',
            path: ['value'],
          }),
        )
        .min(1)
        .max(MOST_SERIES),
    }),
    plot('bar'),
    plot('line'),
    plot('area'),
  ]),
});

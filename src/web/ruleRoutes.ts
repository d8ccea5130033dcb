// The addresses of the matching rules: those in force, a draft, one set with its trial and adoption.
import type { Express } from 'express';
import type { Context } from '../context';
import { showRuleDraft, takeRuleDraft } from './ruleDraft';
import { showRules } from './rules';
import { showRuleSet, takeRuleSet } from './ruleSetPage';
import { officerForm, officerScreen } from './screen';

export function mountRules(app: Express, ctx: Context): void {
  app.get('/rules', officerScreen(ctx, showRules));
  app.get('/rules/new', officerScreen(ctx, showRuleDraft));
  app.post('/rules/new', officerForm(ctx, takeRuleDraft));
  app.get('/rules/:id', officerScreen(ctx, showRuleSet));
  app.post('/rules/:id', officerForm(ctx, takeRuleSet));
}

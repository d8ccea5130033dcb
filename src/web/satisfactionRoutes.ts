// The address of the satisfaction board.
import type { Express } from 'express';
import type { Context } from '../context';
import { showSatisfaction } from './satisfaction';
import { officerScreen } from './screen';

export const mountSatisfaction = (app: Express, ctx: Context): void => void app.get('/satisfaction', officerScreen(ctx, showSatisfaction));

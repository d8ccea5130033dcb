// The administrator's part of the page: per account the tokens of lists and the webhook secrets, to set and to rotate.
import type { Connection, LiveSecrets } from '../actions/seeConnections';
import { bankOfBin } from '../domain/banks';
import { say } from './counterLabels';
import { inDateTime } from './format';
import { ChoiceField, emptyForm, FormErrors, TextField, type FormState } from './formFields';
import { FormToken } from './layout';
import { providerWord } from './providerWords';
import type { OfficerVisit } from './screen';

/** A form that was sent back, and the account that it is about. */
export interface SentBack {
  which: 'feed' | 'secret';
  accountId: string;
  form: FormState;
}

interface Given {
  visit: OfficerVisit;
  connections: readonly Connection[];
  /** The account that stands open: that of the last form. */
  open: string | undefined;
  sent: SentBack | undefined;
}

export const Connections = ({ visit, connections, open, sent }: Given): JSX.Element => (
  <section class="connections">
    <h2 safe>{visit.t('connections')}</h2>
    <p class="small muted" safe>
      {visit.t('connectionsHint')}
    </p>
    {connections.map((connection) => (
      <details open={connection.account.id === open}>
        <summary>
          <Account connection={connection} visit={visit} />
        </summary>
        <div class="two">
          <TokenForm visit={visit} connection={connection} form={formOf(sent, 'feed', connection)} />
          <Secrets visit={visit} connection={connection} form={formOf(sent, 'secret', connection)} />
        </div>
      </details>
    ))}
  </section>
);

const formOf = (sent: SentBack | undefined, which: SentBack['which'], { account }: Connection): FormState =>
  sent?.which === which && sent.accountId === account.id ? sent.form : emptyForm;

function Account({ connection: { account, listed, secrets }, visit: { t } }: { connection: Connection; visit: OfficerVisit }): JSX.Element {
  const parts = [
    ...(listed.length === 0 ? [] : [`${t('lists')}: ${listed.map((provider) => providerWord(provider, t)).join(', ')}`]),
    ...(secrets.length === 0 ? [] : [`${t('secrets')}: ${secrets.map(({ provider }) => providerWord(provider, t)).join(', ')}`]),
  ];
  return (
    <>
      <span class="strong" safe>
        {account.accountNumber}
      </span>{' '}
      <span safe>{[bankOfBin(account.bankBin)?.shortName, account.accountName].filter(Boolean).join(' · ')}</span>
      <span class="small muted block" safe>
        {parts.join(' · ') || t('noConnection')}
      </span>
    </>
  );
}

interface FormGiven {
  visit: OfficerVisit;
  connection: Connection;
  form: FormState;
}

const TokenForm = ({ visit: { t, formToken, ctx }, connection: { account }, form }: FormGiven): JSX.Element => (
  <form method="post" action="/sources/feed" class="stack" autocomplete="off">
    <h3 safe>{t('listToken')}</h3>
    <FormErrors form={form} t={t} />
    <FormToken token={formToken} />
    <input type="hidden" name="accountId" value={account.id} />
    <ChoiceField
      form={form}
      name="provider"
      label={t('source')}
      choices={ctx.outbound.feeds.map(({ provider }) => [provider, providerWord(provider, t)])}
    />
    <TextField
      form={form}
      name="token"
      label={t('listToken')}
      type="password"
      autocomplete="new-password"
      hint={t('listTokenHint')}
      maxlength={500}
    />
    <button safe>{t('saveToken')}</button>
  </form>
);

const Secrets = ({ visit, connection: { account, secrets }, form }: FormGiven): JSX.Element => {
  const { t, formToken, ctx } = visit;
  return (
    <div class="stack">
      <form method="post" action="/sources/secret" class="stack" autocomplete="off">
        <h3 safe>{t('secrets')}</h3>
        <FormErrors form={form} t={t} />
        <FormToken token={formToken} />
        <input type="hidden" name="accountId" value={account.id} />
        <ChoiceField
          form={form}
          name="provider"
          label={t('source')}
          choices={ctx.providerNames.map((provider) => [provider, providerWord(provider, t)])}
        />
        <TextField
          form={form}
          name="secret"
          label={t('secretOfSource')}
          type="password"
          autocomplete="new-password"
          hint={t('newSecretHint')}
          maxlength={200}
        />
        <p class="field-hint small muted" safe>
          {t('sharedSecretHint')}
        </p>
        <button safe>{t('saveSecret')}</button>
      </form>
      {secrets.length === 0 ? (
        ''
      ) : (
        <ul class="lines">
          {secrets.map((live) => (
            <Live live={live} accountId={account.id} visit={visit} />
          ))}
        </ul>
      )}
    </div>
  );
};

function Live({ live, accountId, visit: { t, formToken } }: { live: LiveSecrets; accountId: string; visit: OfficerVisit }): JSX.Element {
  const provider = providerWord(live.provider, t);
  const words = t(live.count === 1 ? 'oneSecretSince' : 'moreSecretsSince');
  return (
    <li>
      <span class="whole small" safe>
        {say(words, { provider, count: String(live.count), time: inDateTime(live.since) })}
      </span>
      {live.count === 1 ? (
        ''
      ) : (
        <form method="post" action="/sources/secret/retire">
          <FormToken token={formToken} />
          <input type="hidden" name="accountId" value={accountId} />
          <input type="hidden" name="provider" value={live.provider} />
          <input type="hidden" name="keepId" value={live.currentId} />
          <button safe>{say(t('retireOlder'), { provider })}</button>
        </form>
      )}
    </li>
  );
}

// The shape of a refusal: one way in which the service says no.

/** Its HTTP status, and its sentence for people in both languages. */
export interface Refusal {
  status: number;
  vi: string;
  en: string;
}
